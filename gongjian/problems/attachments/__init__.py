"""Files attached to a problem (附件)."""
