"""Policies for enterprises (惠企政策): dated rules, verdicts, near misses, what-if, payouts.

`engine/` is pure and usable alone. Not for: facts of firms (enterprises).
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "budget", "boards", "checking", "evaluation", "trials", "why")
