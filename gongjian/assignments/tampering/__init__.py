"""Rows of assignments that are not what the replay of their events gives (链外改动)."""
