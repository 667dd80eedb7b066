"""Full-text search of the ledger (搜索): which words a problem is found by, and how they stay those its row shows."""
