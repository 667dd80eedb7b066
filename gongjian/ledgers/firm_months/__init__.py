"""Firms of a month as a workbook."""
