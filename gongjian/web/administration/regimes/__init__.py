"""Regimes and the dates they would give."""
