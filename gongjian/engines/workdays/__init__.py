"""Working days of China with make-up days (调休). Pure Python.

For: which day is a working day, deadlines, working days between two days, which days were skipped and why.
Not for: what is owed by when (assignments).
"""
