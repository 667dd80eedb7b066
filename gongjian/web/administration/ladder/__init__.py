"""The ladder: days, superiors, faults."""
