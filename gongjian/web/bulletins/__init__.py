"""Bulletins and the rows behind their numbers."""
