"""The ledger as it stood at the end of any day (台账回看)."""
