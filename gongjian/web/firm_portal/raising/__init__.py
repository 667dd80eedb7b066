"""A firm raises a problem from its own page."""
