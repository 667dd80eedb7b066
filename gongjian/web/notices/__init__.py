"""Inbox, printed list, channels, sendings."""
