"""A dissatisfied firm: its matter is handled again (不满意重办)."""
