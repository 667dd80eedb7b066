"""Lights of assignments (灯): one at a time, and in SQL for lists and counts."""
