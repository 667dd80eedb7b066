"""The ledger as it was on a past day, beside another day."""
