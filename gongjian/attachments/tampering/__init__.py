"""Attachments whose bytes are gone or not those that were put in (链外改动)."""
