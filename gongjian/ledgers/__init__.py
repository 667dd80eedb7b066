"""Excel ledgers (台账): a view and a workbook, never a table of their own."""
