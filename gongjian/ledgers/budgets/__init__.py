"""What a version of a policy would cost, as a workbook (政策预算)."""
