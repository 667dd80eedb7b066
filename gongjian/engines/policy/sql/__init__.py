"""The same rules as SQL of other engines."""
