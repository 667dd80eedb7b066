"""Two firms side by side, made one."""
