"""The standings of a month as a workbook."""
