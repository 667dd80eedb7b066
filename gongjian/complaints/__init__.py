"""Complaints about how work is done (投诉建议): forms, repeated asking, formalism; by name or without, answered by a day.

For: the built-in entry the rules of 2026 ask for (国办函〔2026〕12号), its answers and figures.
Not for: what firms say of their own troubles (problems).
"""
