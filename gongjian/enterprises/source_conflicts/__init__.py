"""Where sources differ about one fact (数据冲突), and which of them counts (来源取舍)."""
