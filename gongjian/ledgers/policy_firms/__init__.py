"""The firms of one policy as a workbook."""
