"""Recording what a firm says (记录问题)."""
