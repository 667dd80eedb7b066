"""Closing quality and call-backs on a drawn sample."""
