"""Comparing two firms side by side and merging them."""
