"""Workbooks of targets: the board of a campaign."""
