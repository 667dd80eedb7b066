"""Rates (growth, share, per head) over areas: weighted by their base, never added."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from gongjian.engines.cascade.exact import BadCascade, fraction, times
from gongjian.engines.cascade.splitting import known


@dataclass(frozen=True)
class RateGap:
    """What the areas' rates come to beside the parent's: `parent` - `combined`, exact, in the unit of the rates.

    `missing` are the areas whose rate is not known; while there are any, `combined` and `amount` are None.
    """

    parent: Decimal
    combined: Fraction | None
    owner: str
    missing: tuple[str, ...]

    @property
    def amount(self) -> Fraction | None:
        """How far the areas together stay below the parent's rate; negative when they are above it."""
        return None if self.combined is None else Fraction(self.parent) - self.combined


def combine(rates: Mapping[str, Decimal], bases: Mapping[str, Decimal | None]) -> Fraction:
    """The rate of the whole: the mean of the areas' rates, weighted by what each is a rate of.

    The base of a growth is last year's amount, of a share the denominator, of a figure per head the population; rates in any one unit
    (per cent, yuan a head). Raises BadCascade for bases that are missing, negative or all zero.
    """
    weights = known({area: bases.get(area) for area in rates})
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        raise BadCascade("no_base")
    return (
        sum((fraction(rate, area=area) * weights[area] for area, rate in rates.items()), Fraction(0)) / whole
    )


def rate_gap(
    parent: Decimal, rates: Mapping[str, Decimal | None], bases: Mapping[str, Decimal | None], *, owner: str
) -> RateGap:
    """The gap between a parent's rate and what its areas' rates come to. Raises BadCascade for no owner, and as `combine`."""
    if not owner.strip():
        raise BadCascade("no_owner", area="")
    told = {area: rate for area, rate in rates.items() if rate is not None}
    missing = tuple(area for area in rates if area not in told)
    return RateGap(parent, None if missing else combine(told, bases), owner, missing)


def spread_rate(
    parent: Decimal,
    bases: Mapping[str, Decimal | None],
    *,
    unit: Decimal,
    leaning: Mapping[str, Decimal] | None = None,
) -> dict[str, Decimal]:
    """A rate for each area so that together they reach the parent's: the lowest such rates, rounded to `unit`.

    `leaning` says by how much an area should stand above or below the others, in the unit of the rate (nothing: all alike). Rounded
    rates rarely meet a weighted mean to the digit, so they never stay below it, and lie above by less than one unit of the area that
    was rounded up last. For rates where more is better; negate both ways for the others. Raises BadCascade as `combine`, and for a
    unit not above zero.
    """
    if not unit.is_finite() or unit <= 0:
        raise BadCascade("unit", unit=unit)
    weights, lean = known(bases), leaning or {}
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        raise BadCascade("no_base")
    wanted = fraction(parent, area="")
    tilt = {area: fraction(lean.get(area, Decimal(0)), area=area) for area in weights}
    level = wanted - sum((weights[area] * tilt[area] for area in weights), Fraction(0)) / whole
    step = Fraction(unit)
    ideals = {area: (level + tilt[area]) / step for area in weights}
    counts = {area: ideal.__floor__() for area, ideal in ideals.items()}
    short = sum((weights[area] * (ideals[area] - counts[area]) for area in weights), Fraction(0))
    for area in sorted(weights, key=lambda area: (counts[area] - ideals[area], -weights[area], area)):
        if short <= 0:
            break
        if weights[area] and ideals[area] != counts[area]:
            counts[area] += 1
            short -= weights[area]
    for area, weight in weights.items():
        if not weight:  # without a base its rate moves nothing: the nearest above its wish
            counts[area] = ceil(ideals[area])
    return {area: times(unit, count) for area, count in counts.items()}


def amount_of_growth(base: Decimal, growth: Decimal) -> Fraction:
    """What a base comes to after so many per cent of growth, exact: a growth becomes an amount, which may be split and added."""
    return fraction(base, area="") * (1 + fraction(growth, area="") / 100)
