"""Dates as the ledger writes them."""
