"""Channels through which notices are sent."""
