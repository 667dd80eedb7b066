"""Lights of assignments (灯): for a single assignment, and in SQL for lists and counts."""
