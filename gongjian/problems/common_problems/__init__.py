"""Common problems (共性问题): proposed from the ledger, confirmed by a clerk, settled by one measure."""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "queries")
