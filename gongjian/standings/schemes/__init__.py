"""Schemes: loaded from those that ship, edited as a table, proposed, signed by another, sent back."""
