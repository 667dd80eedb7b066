"""Payouts as a workbook (兑现台账)."""
