"""Counts of open assignments by area, by light and by any marks a page defines (盘点)."""
