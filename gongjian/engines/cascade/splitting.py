"""Four ways to split a target over areas: by last year's share, by equal growth, by headroom, by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from gongjian.engines.cascade.exact import BadCascade, add, fraction, less, times
from gongjian.engines.cascade.rounding import round_to_sum


@dataclass(frozen=True)
class Split:
    """A target and its parts, area by area, all in the target's unit."""

    total: Decimal
    parts: Mapping[str, Decimal]

    @property
    def gap(self) -> Decimal:
        """What the parts lack of the total; negative when more was passed on than there is (层层加码)."""
        return less(self.total, add(self.parts.values()))


def by_share(total: Decimal, bases: Mapping[str, Decimal | None], *, unit: Decimal) -> Split:
    """Each area gets its share of last year's figures (按上年占比). No gap.

    `bases` maps area to last year's figure, in any one unit. Raises BadCascade for a figure that is missing or below zero, and when
    all are zero.
    """
    shares = _shares(known(bases))
    whole = fraction(total, area="")
    ideals = {area: whole * share for area, share in shares.items()}
    return Split(total, round_to_sum(ideals, total=total, unit=unit))


def by_equal_growth(
    total: Decimal, bases: Mapping[str, Decimal | None], *, parent_base: Decimal, unit: Decimal
) -> Split:
    """Each area grows as the parent does, total / parent_base (同增速).

    Where the areas' bases add up to the parent's this is `by_share`. Where they do not (a part is counted at the city alone, or twice)
    the parts are rounded to the sum they come to, and the difference from the target is the gap. Raises BadCascade as `by_share`, and
    for a base of the parent that is not above zero.
    """
    figures = known(bases)
    _shares(figures)
    base = fraction(parent_base, area="")
    if base <= 0:
        raise BadCascade("no_base")
    factor = fraction(total, area="") / base
    ideals = {area: figure * factor for area, figure in figures.items()}
    if sum(figures.values()) == base:
        return Split(total, round_to_sum(ideals, total=total, unit=unit))
    reached = nearest(sum(ideals.values(), Fraction(0)), unit=unit)
    scale = Fraction(reached) / sum(ideals.values()) if any(ideals.values()) else Fraction(0)
    return Split(
        total,
        round_to_sum({area: ideal * scale for area, ideal in ideals.items()}, total=reached, unit=unit),
    )


def by_headroom(
    total: Decimal,
    bases: Mapping[str, Decimal | None],
    *,
    headroom: Mapping[str, Decimal | None],
    unit: Decimal,
) -> Split:
    """What is to be added to last year is split by how much each area can add (按潜力).

    `headroom` is what an area can add to its base, in the unit of the target. When the growth is more than all of it, each area gets
    its base and its headroom, rounded down to the unit, and the rest is the gap. Rounding may pass an area's headroom by less than one
    unit. Raises BadCascade for missing or negative figures, no headroom at all, and a target below last year's sum.
    """
    figures = known(bases)
    rooms = known({area: headroom.get(area) for area in bases})
    base, room = sum(figures.values(), Fraction(0)), sum(rooms.values(), Fraction(0))
    growth = fraction(total, area="") - base
    if growth < 0:
        raise BadCascade("falls", total=total, base=add(figure for figure in bases.values() if figure))
    if growth and not room:
        raise BadCascade("no_headroom")
    if growth > room:
        return Split(
            total, {area: floor_to(figure + rooms[area], unit=unit) for area, figure in figures.items()}
        )
    share = growth / room if room else Fraction(0)
    ideals = {area: figure + rooms[area] * share for area, figure in figures.items()}
    return Split(total, round_to_sum(ideals, total=total, unit=unit))


def by_hand(total: Decimal, parts: Mapping[str, Decimal]) -> Split:
    """The parts as somebody wrote them; what they lack is the gap. Raises BadCascade for what is no amount."""
    for area, part in parts.items():
        fraction(part, area=area)
    return Split(total, dict(parts))


def known(figures: Mapping[str, Decimal | None]) -> dict[str, Fraction]:
    """The figures as fractions. Raises BadCascade naming the areas whose figure is missing, or below zero."""
    missing = [area for area, figure in figures.items() if figure is None]
    if missing:
        raise BadCascade("missing_base", areas=", ".join(missing))
    exact = {area: fraction(figure, area=area) for area, figure in figures.items() if figure is not None}
    below = [area for area, figure in exact.items() if figure < 0]
    if below:
        raise BadCascade("negative_base", areas=", ".join(below))
    return exact


def nearest(amount: Fraction, *, unit: Decimal) -> Decimal:
    """The nearest multiple of the unit, half up. Raises BadCascade for a unit not above zero."""
    return floor_to(amount + Fraction(unit) / 2, unit=unit)


def floor_to(amount: Fraction, *, unit: Decimal) -> Decimal:
    """The largest multiple of the unit that is not above the amount. Raises BadCascade for a unit not above zero."""
    if not unit.is_finite() or unit <= 0:
        raise BadCascade("unit", unit=unit)
    return times(unit, floor(amount / Fraction(unit)))


def _shares(figures: Mapping[str, Fraction]) -> dict[str, Fraction]:
    if not figures:
        raise BadCascade("nothing_to_split_over")
    whole = sum(figures.values(), Fraction(0))
    if not whole:
        raise BadCascade("no_base")
    return {area: figure / whole for area, figure in figures.items()}
