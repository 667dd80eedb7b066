"""One verb on many problems, and undoing it (批量操作)."""
