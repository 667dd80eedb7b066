"""The register of units as a workbook."""
