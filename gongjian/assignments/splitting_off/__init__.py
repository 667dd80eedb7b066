"""A matter of its own out of a shared one (分出重办)."""
