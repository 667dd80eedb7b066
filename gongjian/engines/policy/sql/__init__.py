"""The same rules as SQL for other engines."""
