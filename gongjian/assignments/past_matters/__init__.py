"""Matters of an older ledger taken in as they stood (导入往年事项), and taking them back."""
