"""The moves of an assignment, from hand-over to closing (办理流转)."""
