"""Targets from a table: pasted from Excel or a file; a reason for each cell that is not taken, the rest is kept."""
