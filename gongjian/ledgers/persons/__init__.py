"""The register of persons with their posts as a workbook."""
