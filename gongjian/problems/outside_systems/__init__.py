"""Outside systems that push problems in and read the ledger (推送)."""
