"""A policy tied to a day: periods become columns, units become whole numbers."""
