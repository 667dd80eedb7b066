"""Adopting, copying and editing a regime."""
