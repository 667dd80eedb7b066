"""Outside systems (外部系统) and their tokens."""
