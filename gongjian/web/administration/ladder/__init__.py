"""The escalation ladder: its thresholds in days, the superiors of each unit, and faults."""
