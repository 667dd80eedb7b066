"""How many problems one bulk action takes, and how long it can be taken back (批量撤销): the only place that says it."""

from datetime import timedelta

MOST_PROBLEMS = 500
UNDO_MINUTES = 10
UNDO_WITHIN = timedelta(minutes=UNDO_MINUTES)
