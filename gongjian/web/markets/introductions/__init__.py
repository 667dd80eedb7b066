"""Introductions between two firms."""
