"""How long an edit page that says nothing more counts as open."""

from datetime import timedelta

FRESH_MINUTES = 10
FRESH = timedelta(minutes=FRESH_MINUTES)
