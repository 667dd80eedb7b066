"""A policy bound to a day: periods become columns, units become whole numbers."""
