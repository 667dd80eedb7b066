"""How long a bulk action can be undone (批量撤销). No other place says it."""

from datetime import timedelta

UNDO_MINUTES = 10
UNDO_WITHIN = timedelta(minutes=UNDO_MINUTES)
