"""Common problems and their measure."""
