"""Verdicts of the rules in force on our firms (判定), as lists and firm by firm; all of them are kept in memory."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "queries", "reasons", "results_in_memory")
