"""Common problems, and the measure taken for each."""
