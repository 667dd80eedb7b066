"""Facts written by the workbook (导入批次), as a whole, and undone as a whole."""
