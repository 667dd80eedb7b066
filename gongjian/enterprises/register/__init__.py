"""The register of firms (企业名录): names, codes, contacts, pairings, qualifications, accounts."""
