"""The matter moved on meanwhile (打开以后的变动): an act comes back when what its page showed is no longer so.

Each form carries the number of the last event when its page was drawn. Not for: fields that two people edit (see `web/editing`).
"""
