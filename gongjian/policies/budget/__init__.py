"""What a version of a policy would cost (预算)."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "queries")
