"""Which figures does a table hold, whatever its layout? From a pasted text or a workbook."""
