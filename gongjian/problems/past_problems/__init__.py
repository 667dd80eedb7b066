"""Problems of an older ledger taken in with their states (导入往年问题), and taking them back."""
