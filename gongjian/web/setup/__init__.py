"""The first page of an office that begins: what is there, what is next (开局)."""
