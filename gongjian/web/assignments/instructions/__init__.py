"""A leader's instruction."""
