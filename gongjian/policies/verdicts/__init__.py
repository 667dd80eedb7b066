"""What the rules say of our firms (判定), as lists and as one page; all verdicts are kept in memory."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "queries", "reasons", "results_in_memory")
