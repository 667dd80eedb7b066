"""Names in a ledger: whom the registers know by them, and what the clerk decided about those they do not."""
