"""One action on many problems, and its undoing."""
