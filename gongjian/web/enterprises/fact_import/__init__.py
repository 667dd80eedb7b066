"""Importing facts about firms from a workbook."""
