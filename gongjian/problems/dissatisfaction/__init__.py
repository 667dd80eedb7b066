"""Handling a problem again when the firm is dissatisfied (不满意重办)."""
