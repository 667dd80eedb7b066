"""Official papers: blocks in, a Word file laid out by GB/T 9704-2012 out. Knows no Django."""
