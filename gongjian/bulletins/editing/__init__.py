"""Editing a bulletin before it is issued: its outline, versions, the signature of a second person."""
