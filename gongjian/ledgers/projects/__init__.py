"""The ledger of major projects as a workbook."""
