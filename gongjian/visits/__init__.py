"""The visit book (走访台账): visits to firms and meetings, planned and recorded, with notes.

For: who went where when with whom, what was seen; "nothing to report" and "not found" are full results.
Not for: the problems heard there and their hand-over (problems).
"""
