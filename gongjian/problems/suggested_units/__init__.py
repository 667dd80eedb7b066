"""Who should handle it (谁来办): learnt from the ledger and the duty lists, offline, in this process.

For: probabilities of a line of offices for a text, the words that decided, the back-test.
Not for: deciding. A clerk takes a suggestion or leaves it.
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "store", "suggest")
