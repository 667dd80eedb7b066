"""照上级的表出: a superior's blank workbook dropped in, its headings matched, and the workbook filled."""
