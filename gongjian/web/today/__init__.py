"""Today: what is due, overdue, waiting for me."""
