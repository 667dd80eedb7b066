"""The list of accounts as a workbook, without anything secret."""
