"""Commendation: a list with evidence, objections with their answers, confirmation, certificates, the honours register."""
