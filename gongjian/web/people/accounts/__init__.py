"""Accounts: opening, resetting, shutting."""
