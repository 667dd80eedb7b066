"""One action on many problems, and undoing it."""
