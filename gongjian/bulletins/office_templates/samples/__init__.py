"""Templates to begin with."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "paper")
