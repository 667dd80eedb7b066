"""A leader's instruction on a matter (批示)."""
