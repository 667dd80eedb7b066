"""Closing quality, and call-backs to a random sample of firms."""
