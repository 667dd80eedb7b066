"""The problem ledger as a list: filters, search, export."""
