"""Climbing the ladder (催办、督办、约谈): thresholds, named superiors, the run that takes what is due."""
