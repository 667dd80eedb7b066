"""`gongjian ledger`."""
