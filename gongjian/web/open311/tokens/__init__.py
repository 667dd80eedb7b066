"""Outside systems and their tokens, for the administrator."""
