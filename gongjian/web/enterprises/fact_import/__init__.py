"""Facts of firms from a workbook."""
