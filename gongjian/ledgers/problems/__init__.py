"""The problem ledger as a workbook (问题台账)."""
