"""Handing a problem over (交办)."""
