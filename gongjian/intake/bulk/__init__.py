"""Confirming at once what is sure, and saying of the rest why it stays (一起确认)."""
