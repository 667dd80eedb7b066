"""More time (延期): asked for, granted or refused."""
