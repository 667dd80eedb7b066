"""Workbooks of figures: the matrix of a month, one indicator by area and month."""
