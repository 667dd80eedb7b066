"""How far a firm is from meeting a condition (差距): distances, near misses, missing columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.binding.binder import EPOCH
from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.facts.row import Row, RowLayout
from gongjian.engines.policy.one_firm.closures import FAILS, Closures

NEAR = Fraction(1, 10)
SHOWN = Fraction(1, 10_000)


@dataclass(frozen=True)
class Gap:
    """One number that would have to change from `have` to `need`, in the unit of the fact."""

    source: b.FactSource
    have: Decimal
    need: Decimal
    relative: Fraction

    @property
    def gap(self) -> Decimal:
        """The amount that is lacking; negative when there is too much."""
        return self.need - self.have


@dataclass(frozen=True)
class Distance:
    """Both sides of a comparison and the distance between them, in the unit of the left side; dates as dates."""

    value: Decimal | date | None = None
    threshold: Decimal | date | None = None
    distance: Decimal | None = None


def to_four_places(value: Fraction) -> Decimal:
    """A value rounded to four places, as it is shown."""
    exact = round(value / SHOWN)
    return Decimal(exact).scaleb(-b.PLACES).normalize() + 0


class GapFinder:
    """Computes distances and gaps for one layout of columns."""

    def __init__(self, layout: RowLayout, closures: Closures) -> None:
        self.layout = layout
        self.closures = closures

    def distance(self, leaf: b.Leaf, row: Row, verdict: int) -> Distance:
        """What is known of both sides of a comparison; the distance only where it fails or is undecided."""
        if leaf.left is None or leaf.right is None:
            return Distance()
        left_value, right_value = (self._value(linear, row) for linear in (leaf.left, leaf.right))
        apart = None
        if left_value is not None and right_value is not None and verdict == FAILS:
            apart = abs(right_value - left_value)
        elif left_value is None or right_value is None:
            apart = self._still_lacking(leaf, row)
        shown = [
            _for_display(linear, value, leaf.factor)
            for linear, value in ((leaf.left, left_value), (leaf.right, right_value))
        ]
        if isinstance(shown[0], date) and leaf.right.constant and right_value is not None:
            shown[1] = EPOCH + timedelta(days=int(right_value))
        return Distance(shown[0], shown[1], None if apart is None else to_four_places(apart / leaf.factor))

    def _value(self, linear: b.LinearSum, row: Row) -> Fraction | None:
        count = self.closures.linear_sum(linear)(row)
        return None if count is None else count * linear.scale

    def _still_lacking(self, leaf: b.Leaf, row: Row) -> Fraction | None:
        """What the missing columns would have to add to what is known; None where that cannot be said."""
        if leaf.left is None or leaf.right is None or not isinstance(leaf.test, b.LinearTest):
            return None
        sides = [self._so_far(linear, row) for linear in (leaf.left, leaf.right)]
        if sides[0] is None or sides[1] is None or leaf.test.op not in (">=", "<="):
            return None
        return abs(sides[1] - sides[0])

    def _so_far(self, linear: b.LinearSum, row: Row) -> Fraction | None:
        total = linear.constant
        for item, factor in linear.terms:
            if not isinstance(item, b.FactSource):
                value = self.closures.linear_sum(b.LinearSum(((item, 1),), 0, Fraction(1)))(row)
                if value is None:
                    return None
            else:
                if item.kind is not Kind.NUMBER:
                    return None
                value = self._sum_so_far(item, row)
            total += factor * value
        return total * linear.scale

    def _sum_so_far(self, source: b.FactSource, row: Row) -> int:
        value = row[self.layout.place[source.column]]
        if isinstance(value, int):
            return value
        return sum(self._sum_so_far(part, row) for part in source.parts)

    def missing(self, tree: b.Tree | b.Test | b.LinearSum, row: Row) -> list[str]:
        """The columns that would have to be known, in order, each once."""
        columns: dict[str, None] = {}
        for source in b.sources(tree):
            for column in self.layout.missing(source, row):
                columns[column] = None
        return list(columns)

    def gaps(self, tree: b.Tree, row: Row, judge: Callable[[b.Tree], int]) -> list[Gap] | None:
        """The numbers to change so that a failed tree holds; None if anything else stands in the way or a number is too far off."""
        if isinstance(tree, b.Leaf):
            gap = self._gap(tree, row)
            return None if gap is None else [gap]
        gaps = [self.gaps(part, row, judge) for part in tree.parts if judge(part) == FAILS]
        if isinstance(tree, b.All):
            return None if None in gaps else [gap for part in gaps for gap in part or ()]
        ways = [way for way in gaps if way is not None]
        return min(ways, key=_width, default=None)

    def _gap(self, leaf: b.Leaf, row: Row) -> Gap | None:
        test = leaf.test
        if not isinstance(test, b.LinearTest) or test.op not in (">=", "<=") or leaf.guard:
            return None
        if leaf.left is None or leaf.right is None:
            return None
        left_value, right_value = self._value(leaf.left, row), self._value(leaf.right, row)
        if left_value is None or right_value is None:
            return None
        relative = abs(right_value - left_value) / (max(abs(left_value), abs(right_value)) or 1)
        sign = 1 if test.op == ">=" else -1
        if relative > NEAR:
            return None
        return self._gap_of_column(test, row, sign, relative)

    def _gap_of_column(self, test: b.LinearTest, row: Row, sign: int, relative: Fraction) -> Gap | None:
        """The gap of the one column to change; None if there is none."""
        column = column_to_change(test)
        if column is None:
            return None
        item, factor = column
        total = self.closures.linear_sum(b.LinearSum(test.terms, 0, Fraction(1)))(row)
        have = row[self.layout.place[item.column]]
        if total is None or not isinstance(have, int):
            return None
        lacking = (test.bound - total) * sign
        steps = -(-lacking // abs(factor)) * (1 if factor > 0 else -1)
        return Gap(item, _in_unit(have), _in_unit(have + steps), relative)


def column_to_change(test: b.LinearTest) -> tuple[b.FactSource, int] | None:
    """The column of the latest period that helps by growing, or else one that helps by shrinking, with its signed factor."""
    sign = 1 if test.op == ">=" else -1
    columns = [
        (i, c * sign) for i, c in test.terms if isinstance(i, b.FactSource) and i.kind is Kind.NUMBER and c
    ]
    return max(columns, key=lambda t: (t[1] > 0, t[0].period.end if t[0].period else date.min), default=None)


def _in_unit(count: int) -> Decimal:
    return Decimal(count).scaleb(-b.PLACES).normalize() + 0


def _width(gaps: Sequence[Gap]) -> tuple[Fraction, int]:
    return max((gap.relative for gap in gaps), default=Fraction(0)), len(gaps)


def _for_display(linear: b.LinearSum, value: Fraction | None, factor: Fraction) -> Decimal | date | None:
    """One side as it is shown: a date for a column of dates, else a number."""
    if value is None:
        return None
    dated = any(isinstance(item, b.FactSource) and item.kind is Kind.DATE for item, _ in linear.terms)
    return EPOCH + timedelta(days=int(value)) if dated else to_four_places(value / factor)
