"""The visit book as a workbook (走访台账)."""
