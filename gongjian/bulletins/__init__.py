"""Bulletins (简报、通报、专报) as GB/T 9704 Word files; every number carries its query and its very rows.

For: the weekly brief, the slip as a Word file, the layout of official papers.
Not for: computing lights or ranks; it counts what the rooms below answer.
"""
