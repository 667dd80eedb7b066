"""Major projects (项目为王): which light and what follows, what slips, how far the chain of batches turned, what the year will bring. No Django.

For: tables of lights as data, schedules in working days, three batches and rates, curves of investment, papers for the statistics.
Not for: who may do it and what is kept (`projects`), pace (`forecast`), places of areas (`standings`).

Two approvals after each other; the second takes three working days longer than planned, over the festival of 2023.

>>> from datetime import date
>>> from gongjian.engines.projects.schedule import Task, plan, slips
>>> from gongjian.engines.workdays.announcements import load_years
>>> calendar, start = load_years(), date(2023, 1, 18)
>>> baseline = plan((Task("land", 2), Task("permit", 5, after=("land",))), start, calendar)
>>> present = plan((Task("land", 2), Task("permit", 8, after=("land",))), start, calendar)
>>> print(baseline.ends, present.ends, slips(baseline, present, calendar), present.critical_path)
2023-02-01 2023-02-06 {'land': 0, 'permit': 3} ('land', 'permit')
"""
