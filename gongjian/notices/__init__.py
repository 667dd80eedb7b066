"""Notices (通知): what an account or a unit is told, in the product and by other channels, each once.

Not for: deciding what is due; the room that knows calls `notify`.
"""
