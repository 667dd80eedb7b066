"""Writing a ledger (写入): row by row or many together, in pieces that each stand, so that others can work meanwhile and it can go on."""
