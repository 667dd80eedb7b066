"""Striking a problem off (销号)."""
