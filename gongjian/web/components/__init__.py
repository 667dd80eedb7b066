"""The visual standard on one page."""
