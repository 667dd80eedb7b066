"""The burden ledger as a workbook (减负账)."""
