"""Who has a record's page open for editing (正在编辑): a notice, never a lock; it ends by itself."""
