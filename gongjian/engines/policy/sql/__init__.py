"""Policies as SQL for other database engines."""
