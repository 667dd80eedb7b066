"""Policies for enterprises (惠企政策): dated rules, verdicts, near misses, what-if, payouts.

The machine is `engines/policy`. Not for: facts of firms (enterprises).
"""
