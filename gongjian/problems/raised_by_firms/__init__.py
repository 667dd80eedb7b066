"""Problems a firm raises from its own page (企业自报)."""
