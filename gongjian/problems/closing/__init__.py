"""Closing a problem (销号)."""
