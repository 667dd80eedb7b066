"""Complaints as a workbook (投诉建议台账)."""
