"""Targets within a year: January and February joined, the first quarter, half, three quarters, year; they must not contradict."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from itertools import pairwise

from gongjian.engines.cascade.exact import BadCascade, add, fraction, less
from gongjian.engines.cascade.margins import round_to_margins
from gongjian.engines.cascade.rates import amount_of_growth
from gongjian.engines.cascade.rounding import round_to_sum


class Horizon(IntEnum):
    """A span from the first of January; its value is its last month. January is never reported alone (1—2月合并)."""

    JAN_FEB = 2
    Q1 = 3
    HALF_YEAR = 6
    THREE_QUARTERS = 9
    YEAR = 12


@dataclass(frozen=True)
class Contradiction:
    """Two spans that cannot both be meant: by the `later` one less would be done than by the `earlier`."""

    earlier: Horizon
    later: Horizon
    missing: Decimal | Fraction


def contradictions(targets: Mapping[Horizon, Decimal | None]) -> list[Contradiction]:
    """Where a cumulated amount would fall within the year. Spans without a target are passed over.

    For flows that only grow (output, revenue, investment); a stock or a balance may fall and is not asked.
    """
    told = [(span, amount) for span in Horizon if (amount := targets.get(span)) is not None]
    return [
        Contradiction(earlier, later, less(before, after))
        for (earlier, before), (later, after) in pairwise(told)
        if after < before
    ]


def growth_contradictions(
    growths: Mapping[Horizon, Decimal | None], bases: Mapping[Horizon, Decimal | None]
) -> list[Contradiction]:
    """The same for growth in per cent, which is never compared itself: with last year's cumulated amounts it becomes amounts.

    A year's 5 % may lie far below a first quarter's 20 % without contradiction, as long as the rest of the year keeps above zero.
    Spans whose growth or base is missing are passed over. Raises BadCascade for what is no amount.
    """
    told = [
        (span, amount_of_growth(base, growth))
        for span in Horizon
        if (growth := growths.get(span)) is not None and (base := bases.get(span)) is not None
    ]
    return [
        Contradiction(earlier, later, before - after)
        for (earlier, before), (later, after) in pairwise(told)
        if after < before
    ]


def implied_growth(
    growths: Mapping[Horizon, Decimal], bases: Mapping[Horizon, Decimal], *, after: Horizon
) -> Fraction | None:
    """What the rest of the year must grow by, in per cent, once the span `after` is reached; None where the base of the rest is zero.

    Raises KeyError unless both spans have a growth and a base.
    """
    rest = Fraction(bases[Horizon.YEAR]) - Fraction(bases[after])
    if not rest:
        return None
    year, part = (amount_of_growth(bases[span], growths[span]) for span in (Horizon.YEAR, after))
    return ((year - part) / rest - 1) * 100


def split_year(year: Decimal, usual: Mapping[Horizon, Decimal], *, unit: Decimal) -> dict[Horizon, Decimal]:
    """A year's target as cumulated targets of its spans, by what share of a year is usually done by then.

    `usual` gives shares between 0 and 1 for the spans before the year. What each span adds is rounded, so the spans never contradict
    each other and end at `year` to the last digit. Raises BadCascade for shares that are missing, fall, or lie outside 0 to 1.
    """
    spans = tuple(Horizon)
    shares = [fraction(usual.get(span, Decimal("NaN")), area=span.name) for span in spans[:-1]]
    grown = [Fraction(0), *shares, Fraction(1)]
    if any(after < before for before, after in pairwise(grown)):
        raise BadCascade("shares", shares=", ".join(str(usual.get(span)) for span in spans[:-1]))
    whole = fraction(year, area="")
    added = {str(n): whole * (after - before) for n, (before, after) in enumerate(pairwise(grown))}
    return _cumulated(round_to_sum(added, total=year, unit=unit))


def _cumulated(added: Mapping[str, Decimal]) -> dict[Horizon, Decimal]:
    steps = list(added.values())
    return {span: add(steps[: n + 1]) for n, span in enumerate(Horizon)}


def split_spans(
    spans: Mapping[Horizon, Decimal], areas: Mapping[str, Decimal], *, unit: Decimal
) -> dict[str, dict[Horizon, Decimal]]:
    """Cumulated targets of every area and span, when both the areas' years and the whole's spans are settled.

    `spans` are the whole's cumulated targets, `areas` each area's year; both must come to the same year and be multiples of `unit`.
    Every span's parts add up to the whole's span, every area ends at its year, and no area's target falls within the year. Raises
    BadCascade where the two disagree, a span contradicts, an area is below zero, or an amount is no multiple of the unit.
    """
    told = [spans[span] for span in Horizon]
    added = {str(n): less(after, before) for n, (before, after) in enumerate(pairwise([Decimal(0), *told]))}
    if add(areas.values()) != told[-1]:
        raise BadCascade("ideals", sum=add(areas.values()), total=told[-1])
    if any(step < 0 for step in added.values()):
        raise BadCascade("shares", shares=", ".join(map(str, told)))
    below = [area for area, amount in areas.items() if amount < 0]
    if below:
        raise BadCascade("negative_base", areas=", ".join(below))
    return {area: _cumulated(row) for area, row in round_to_margins(areas, added, unit=unit).items()}
