"""The ledger of payouts (兑现台账)."""
