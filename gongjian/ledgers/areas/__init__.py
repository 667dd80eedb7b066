"""The register of areas as a workbook."""
