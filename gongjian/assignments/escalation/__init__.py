"""Escalation (催办、督办、约谈): thresholds, named superiors, and the run that takes the steps due."""
