"""Accounts: opening, resetting and closing them."""
