"""Styled Excel sheets of an official ledger. Knows no Django."""
