"""Settings: one table of options, read from the environment or the instance's own file."""
