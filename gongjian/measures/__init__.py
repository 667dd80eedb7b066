"""Measures (口径): the one table of what is counted, by which definition, in which unit, and the query for its rows.

Every page, brief, export, interface and notice takes its numbers here. Not for: rates and ranks, which are made of
these numbers elsewhere, and single figures of a firm.
"""
