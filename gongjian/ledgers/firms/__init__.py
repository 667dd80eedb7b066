"""The register of firms as rows and as a workbook (企业名册)."""
