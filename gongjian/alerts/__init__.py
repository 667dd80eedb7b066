"""Alerts (预警): which figures and targets are worse than the office lets pass, by rules it keeps as rows, and the task each became.

For: rules of alerts with their source, the list computed from figures and targets, one alert handed over as one task.
Not for: figures (indicators); targets and their light (campaigns); what becomes of a task (assignments).
"""
