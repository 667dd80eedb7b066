"""Which unit should handle a problem (谁来办): suggestions learnt offline from the ledger and the duty lists.

Not for deciding: a clerk takes a suggestion or leaves it.
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "model_file", "queries")
