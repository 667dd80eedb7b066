"""How long a bulk action can be taken back (批量撤销). The only place that says it."""

from datetime import timedelta

UNDO_MINUTES = 10
UNDO_WITHIN = timedelta(minutes=UNDO_MINUTES)
