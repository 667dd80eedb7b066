"""Working days of China with make-up days (调休). No Django.

For: which day is a working day, deadlines, working days between two days, which days were skipped and why.
Not for: what is owed by when (`engines/clock`).

Five working days from Friday 18 September 2026: the Sunday that is worked for the Mid-Autumn Festival counts.

>>> from datetime import date
>>> from gongjian.engines.workdays.announcements import load_years
>>> calendar, friday = load_years(), date(2026, 9, 18)
>>> due = calendar.add(friday, 5)
>>> print(due, calendar.working_days_between(friday, due), *calendar.make_up_days(friday, due))
2026-09-24 5 2026-09-20
>>> print(*calendar.skipped(friday, due))
Skipped(name='周末', first=datetime.date(2026, 9, 19), last=datetime.date(2026, 9, 19))
"""
