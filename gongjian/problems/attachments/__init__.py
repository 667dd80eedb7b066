"""Files beside a problem (附件)."""
