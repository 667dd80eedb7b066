"""A target split over areas so that the parts add up, and every gap has an owner (目标分解). No Django.

For: splitting by share, equal growth, headroom or hand, rounding that keeps the sum, gaps, rates, areas that merge or divide, the
negotiation of a target, horizons within a year, who has not passed targets on. Not for: who may do it (`campaigns`), pace (`forecast`).

A city's 100.0 over three counties by last year's figures, to one digit; then one county gets less and its parent owns the gap.

>>> from decimal import Decimal
>>> from gongjian.engines.cascade.splitting import by_share
>>> from gongjian.engines.cascade.tree import Target, Tree
>>> bases = {"east": Decimal(1), "north": Decimal(1), "west": Decimal(1)}
>>> split = by_share(Decimal("100.0"), bases, unit=Decimal("0.1"))
>>> print(*split.parts.values(), split.gap)
33.4 33.3 33.3 0.0
>>> city = Tree((Target("city", None, "mayor", Decimal("100.0")), *(Target(area, "city", f"head of {area}") for area in bases)))
>>> lowered = city.with_amounts(split.parts).with_amounts({"west": Decimal("30.0")})
>>> gap = lowered.gap("city")
>>> print(gap.amount, gap.owner)
3.3 mayor
"""
