"""Firms: register, contacts, pairings, dated facts, qualifications, merging duplicates.

For: what is known of a firm, from which source, for which period; unknown is not zero.
Not for: what the firm said (problems) or who went there (visits).
"""
