"""The ledger of a past day beside another day."""
