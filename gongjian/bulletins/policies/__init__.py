"""Policies on paper: the card for the next visit of a firm, the list for payment."""
