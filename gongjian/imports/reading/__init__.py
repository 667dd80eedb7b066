"""What a ledger holds: the fields of each kind, their headings, and the rows of a workbook read by them."""
