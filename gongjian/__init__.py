"""Gongjian (攻坚): the working ledger of a local economic campaign office."""
