"""Desks: the department's, the leader's; moves on one assignment."""
