"""Ways to split a target over those below (分解方法): amounts by the engine so that they add up, rates by their base. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from gongjian.engines.cascade.exact import BadCascade, less
from gongjian.engines.cascade.rates import RateGap, rate_gap, spread_rate
from gongjian.engines.cascade.splitting import by_equal_growth, by_headroom, by_share

Figures = Mapping[str, Decimal | None]


class Way(StrEnum):
    """How the parts are found."""

    SHARE = "SHARE"
    GROWTH = "GROWTH"
    HEADROOM = "HEADROOM"
    ALIKE = "ALIKE"
    HAND = "HAND"


@dataclass(frozen=True)
class Whole:
    """What is split: the target, last year's figure of the whole, the unit to round to, and what kind of number it is."""

    value: Decimal
    base: Decimal | None
    unit: Decimal
    is_rate: bool = False
    more_is_better: bool = True


@dataclass(frozen=True)
class GapReading:
    """What parts come to beside their target: `sum` is a weighted mean of rates; `gap` is None while parts are missing."""

    sum: Decimal | None
    gap: Decimal | None
    missing: tuple[str, ...]

    @property
    def is_closed(self) -> bool:
        """Whether all of it is passed on, to the last digit."""
        return self.gap == 0 and not self.missing


def split(whole: Whole, way: Way, bases: Figures, *, headroom: Figures) -> dict[str, Decimal]:
    """The parts by area. Raises BadCascade where the figures do not allow this way."""
    if whole.is_rate:
        return _alike(whole, bases)
    if way == Way.GROWTH:
        if whole.base is None:
            raise BadCascade("no_base")
        return dict(by_equal_growth(whole.value, bases, parent_base=whole.base, unit=whole.unit).parts)
    if way == Way.HEADROOM:
        return dict(by_headroom(whole.value, bases, headroom=headroom, unit=whole.unit).parts)
    return dict(by_share(whole.value, bases, unit=whole.unit).parts)


def _alike(whole: Whole, bases: Figures) -> dict[str, Decimal]:
    """One rate for all, rounded so that together they reach the whole's; of what should be low, stay below it."""
    if whole.more_is_better:
        return spread_rate(whole.value, bases, unit=whole.unit)
    turned = spread_rate(less(Decimal(0), whole.value), bases, unit=whole.unit)
    return {area: less(Decimal(0), part) for area, part in turned.items()}


def read_gap(whole: Whole, parts: Figures, bases: Figures, *, owner: str) -> GapReading:
    """What the parts lack of the whole; rates are weighted by their base, never added.

    Below zero: more was passed on than there is. Of what should be low the sign is turned, so that a gap is what is still to do.
    """
    missing = tuple(area for area, part in parts.items() if part is None)
    known = {area: part for area, part in parts.items() if part is not None}
    if not whole.is_rate:
        total = sum(known.values(), Decimal(0))
        return GapReading(total, less(whole.value, total), missing)
    if missing or not known:
        return GapReading(None, None, missing)
    told: RateGap = rate_gap(whole.value, known, bases, owner=owner)
    mean = told.combined if told.combined is not None else Fraction(0)
    gap = Fraction(whole.value) - mean if whole.more_is_better else mean - Fraction(whole.value)
    return GapReading(rounded(mean), rounded(gap), missing)


def rounded(value: Fraction) -> Decimal:
    """A fraction to four digits, for showing."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.0001"))
