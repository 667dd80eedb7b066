"""Assignments that have reached a step of the escalation ladder."""
