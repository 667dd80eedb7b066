"""Files with an assignment, and with what a unit reports (附件)."""
