"""Likeness of short texts (相似): groups that say the same, and whose matter a text is. Knows no Django."""
