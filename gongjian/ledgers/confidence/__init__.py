"""The results of a round of the confidence survey as a workbook."""
