"""The ledger of payouts."""
