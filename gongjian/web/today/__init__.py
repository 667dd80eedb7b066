"""The page Today: what is due, overdue, or waiting for the user."""
