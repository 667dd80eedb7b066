"""Targets of areas and units: set, changed, withdrawn, and how far each is."""
