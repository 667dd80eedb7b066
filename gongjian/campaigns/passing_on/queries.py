"""What passing a target on starts from: who is below, last year's figures, parts that stand already; and who has not passed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjian.campaigns.models import Target
from gongjian.campaigns.passing_on.rules import GapReading, Way, Whole, read_gap, split
from gongjian.campaigns.passing_on.vocabulary import COUNTED
from gongjian.campaigns.queries import gap_owner_of
from gongjian.campaigns.targets.so_far import so_far
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import FigureTable, needed_keys
from gongjian.indicators.rules import BadFormula, FormulaKind, read_formula
from gongjian.indicators.states import Direction, Nature
from gongjian.people.models import Area, Unit
from gongjian.people.queries import children

Holder = Area | Unit


def key_of(holder: Holder) -> str:
    """What a holder is called in a form."""
    return f"u{holder.pk}" if isinstance(holder, Unit) else f"a{holder.pk}"


@dataclass(frozen=True)
class Part:
    """One holder below: last year's figure, what it holds already."""

    holder: Holder
    base: Decimal | None
    before: Decimal | None
    standing: Target | None

    @property
    def key(self) -> str:
        """What it is called in a form."""
        return key_of(self.holder)

    @property
    def headroom(self) -> Decimal | None:
        """What it added last year, as a first guess of what it can add."""
        if self.base is None or self.before is None:
            return None
        return max(self.base - self.before, Decimal(0))


@dataclass(frozen=True)
class Below:
    """A target with those below it."""

    target: Target
    whole: Whole
    parts: list[Part]

    @property
    def bases(self) -> dict[str, Decimal | None]:
        """Last year's figure by holder; of a rate what it is a rate of."""
        return {part.key: part.base for part in self.parts}

    @property
    def ways(self) -> list[Way]:
        """The ways that are open: of a rate alike or by hand."""
        return (
            [Way.ALIKE, Way.HAND] if self.whole.is_rate else [Way.SHARE, Way.GROWTH, Way.HEADROOM, Way.HAND]
        )

    def split(self, way: Way, headroom: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
        """The parts by holder, or those that stand for a split by hand. Raises BadCascade."""
        if way == Way.HAND:
            return {part.key: part.standing.value for part in self.parts if part.standing is not None}
        guess = {part.key: headroom.get(part.key, part.headroom) for part in self.parts}
        return split(self.whole, way, self.bases, headroom=guess)

    def gap(self, parts: Mapping[str, Decimal | None]) -> GapReading:
        """What these parts lack of the target. Raises BadCascade where a rate's base is unknown."""
        told = {part.key: parts.get(part.key) for part in self.parts}
        return read_gap(self.whole, told, self.bases, owner=gap_owner_of(self.target))


def holders_below(area: Area) -> Sequence[Holder]:
    """Whom an area passes its targets on to: the areas directly below it, without any its own units."""
    areas: list[Area] = list(children(area))
    return areas or list(area.units.filter(disabled_on=None).order_by("order", "pk"))


def below(target: Target, *, digits: int | None = None) -> Below:
    """Everything a split needs; `digits` behind the point, else two, none where the unit is counted."""
    holders = holders_below(target.area)
    standing = {(row.area_id, row.unit_id): row for row in target.children.filter(withdrawn_at=None)}
    one = weighed_by(target.indicator)
    areas = [target.area, *(holder for holder in holders if isinstance(holder, Area))]
    indicators = list(Indicator.objects.all())
    table = FigureTable.read(
        indicators,
        areas,
        first=date(target.year - 2, 1, 1),
        last=date(target.year - 1, 12, 1),
        keys=needed_keys(one or target.indicator, indicators),
    )

    def figure(holder: Holder, years: int) -> Decimal | None:
        if one is None or isinstance(holder, Unit):
            return None
        return so_far(table, one, holder.pk, date(target.year - years, target.months, 1))

    parts = [
        Part(holder, figure(holder, 1), figure(holder, 2), standing.get(_place(holder))) for holder in holders
    ]
    rate = target.indicator.nature == Nature.RATE
    usual = 0 if target.indicator.unit in COUNTED else 2
    unit = Decimal(1).scaleb(-(usual if digits is None else digits))
    better = target.indicator.direction == Direction.MORE
    return Below(target, Whole(target.value, figure(target.area, 1), unit, rate, better), parts)


def _place(holder: Holder) -> tuple[int, int | None]:
    return (holder.area_id, holder.pk) if isinstance(holder, Unit) else (holder.pk, None)


def weighed_by(indicator: Indicator) -> Indicator | None:
    """What parts are weighed by: an amount by itself, a growth by what grows, a share or a figure per head by what it is of.

    None of a rate that is not computed here: nothing is known that it could be weighed by.
    """
    if indicator.nature != Nature.RATE:
        return indicator
    if not indicator.derived:
        return None
    try:
        formula = read_formula(indicator.formula)
    except BadFormula:
        return None
    key = formula.of[0] if formula.kind == FormulaKind.GROWTH else formula.of[1]
    return Indicator.objects.filter(key=key).first()
