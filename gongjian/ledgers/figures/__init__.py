"""Monthly figures of firms as a workbook."""
