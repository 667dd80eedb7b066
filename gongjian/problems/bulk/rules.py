"""Limits of a bulk action: how many problems it may take, and for how long it can be undone (批量撤销)."""

from datetime import timedelta

MOST_PROBLEMS = 500
UNDO_MINUTES = 10
UNDO_WITHIN = timedelta(minutes=UNDO_MINUTES)
