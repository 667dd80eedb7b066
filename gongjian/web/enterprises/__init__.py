"""The register of firms, and the pages of one firm."""
