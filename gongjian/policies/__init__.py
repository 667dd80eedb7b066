"""Policies for enterprises (惠企政策): dated rules, verdicts, near misses, what-if, payouts.

`engine/` is pure and usable alone. Not for: facts of firms (enterprises).
"""
