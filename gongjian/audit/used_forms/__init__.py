"""One opened form makes one record (一份表单只办一次): each form's key is kept with the first event it leaves.

For: double presses, Back and submit again, a request that arrives twice.
Not for: two people who edit one record (see `web/editing`).
"""
