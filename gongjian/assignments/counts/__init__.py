"""Counting open assignments by area, light and whatever a page marks (盘点)."""
