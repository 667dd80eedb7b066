"""The ledger as it stood on two days, as a workbook (台账回看)."""
