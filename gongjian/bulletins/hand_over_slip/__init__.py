"""The hand-over slip (交办单) as a Word file."""
