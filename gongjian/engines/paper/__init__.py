"""Official papers: blocks in, a Word file laid out by GB/T 9704-2012 out. Knows no Django."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "word_file")
