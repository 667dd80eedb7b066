"""The burden ledger: which body asked which firm for figures, and making such a request."""
