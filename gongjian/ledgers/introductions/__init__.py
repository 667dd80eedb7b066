"""Introductions as a workbook (引荐台账)."""
