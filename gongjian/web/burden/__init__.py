"""The burden ledger: what was asked of whom, and asking a firm for figures."""
