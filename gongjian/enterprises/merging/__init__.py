"""Merging duplicate firms (合并重复企业)."""
