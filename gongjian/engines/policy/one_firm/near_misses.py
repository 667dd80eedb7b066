"""How far a firm is from meeting a condition (差距): distances, near misses, what is missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.binding.binder import EPOCH
from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.facts.row import Layout, Row
from gongjian.engines.policy.one_firm.closures import FAILS, Closures

NEAR = Fraction(1, 10)
SHOWN = Fraction(1, 10_000)


@dataclass(frozen=True)
class Gap:
    """One number that would have to change: `need` instead of `have`, in the unit of the fact."""

    source: b.Source
    have: Decimal
    need: Decimal
    relative: Fraction

    @property
    def gap(self) -> Decimal:
        """How much is lacking (or too much, then below zero)."""
        return self.need - self.have


@dataclass(frozen=True)
class Distance:
    """Both sides of a comparison and what lies between them, in the unit of the left one; dates as dates."""

    value: Decimal | date | None = None
    threshold: Decimal | date | None = None
    distance: Decimal | None = None


def decimal(value: Fraction) -> Decimal:
    """To four places, as it is shown."""
    exact = round(value / SHOWN)
    return Decimal(exact).scaleb(-b.PLACES).normalize() + 0


class Measures:
    """Distances of one layout."""

    def __init__(self, layout: Layout, closures: Closures) -> None:
        self.layout = layout
        self.closures = closures

    def distance(self, leaf: b.Leaf, row: Row, verdict: int) -> Distance:
        """What is known of both sides. `distance` for failed and undecided comparisons only."""
        if leaf.left is None or leaf.right is None:
            return Distance()
        left, right = (self._value(line, row) for line in (leaf.left, leaf.right))
        apart = None
        if left is not None and right is not None and verdict == FAILS:
            apart = abs(right - left)
        elif left is None or right is None:
            apart = self._still(leaf, row)
        shown = [_shown(line, value, leaf.factor) for line, value in ((leaf.left, left), (leaf.right, right))]
        if isinstance(shown[0], date) and leaf.right.constant and right is not None:
            shown[1] = EPOCH + timedelta(days=int(right))
        return Distance(shown[0], shown[1], None if apart is None else decimal(apart / leaf.factor))

    def _value(self, line: b.Line, row: Row) -> Fraction | None:
        count = self.closures.line(line)(row)
        return None if count is None else count * line.scale

    def _still(self, leaf: b.Leaf, row: Row) -> Fraction | None:
        """What missing columns would still have to bring, counting what is known of them."""
        if leaf.left is None or leaf.right is None or not isinstance(leaf.test, b.LinearTest):
            return None
        sides = [self._so_far(line, row) for line in (leaf.left, leaf.right)]
        if sides[0] is None or sides[1] is None or leaf.test.op not in (">=", "<="):
            return None
        return abs(sides[1] - sides[0])

    def _so_far(self, line: b.Line, row: Row) -> Fraction | None:
        total = line.constant
        for item, factor in line.terms:
            if not isinstance(item, b.Source):
                value = self.closures.line(b.Line(((item, 1),), 0, Fraction(1)))(row)
                if value is None:
                    return None
            else:
                if item.kind is not Kind.NUMBER:
                    return None
                value = self._partly(item, row)
            total += factor * value
        return total * line.scale

    def _partly(self, source: b.Source, row: Row) -> int:
        value = row[self.layout.place[source.column]]
        if isinstance(value, int):
            return value
        return sum(self._partly(part, row) for part in source.parts)

    def missing(self, tree: b.Tree | b.Test | b.Line, row: Row) -> list[str]:
        """Columns that would have to be known, in order, each once."""
        found: dict[str, None] = {}
        for source in b.sources(tree):
            for column in self.layout.missing(source, row):
                found[column] = None
        return list(found)

    def gaps(self, tree: b.Tree, row: Row, judge: Callable[[b.Tree], int]) -> list[Gap] | None:
        """The numbers to change so that a failed tree holds; None if something else is in the way or it is too far."""
        if isinstance(tree, b.Leaf):
            gap = self._gap(tree, row)
            return None if gap is None else [gap]
        found = [self.gaps(part, row, judge) for part in tree.parts if judge(part) == FAILS]
        if isinstance(tree, b.All):
            return None if None in found else [gap for part in found for gap in part or ()]
        ways = [way for way in found if way is not None]
        return min(ways, key=_width, default=None)

    def _gap(self, leaf: b.Leaf, row: Row) -> Gap | None:
        test = leaf.test
        if not isinstance(test, b.LinearTest) or test.op not in (">=", "<=") or leaf.guard:
            return None
        if leaf.left is None or leaf.right is None:
            return None
        left, right = self._value(leaf.left, row), self._value(leaf.right, row)
        if left is None or right is None:
            return None
        relative = abs(right - left) / (max(abs(left), abs(right)) or 1)
        sign = 1 if test.op == ">=" else -1
        if relative > NEAR:
            return None
        return self._latest(test, row, sign, relative)

    def _latest(self, test: b.LinearTest, row: Row, sign: int, relative: Fraction) -> Gap | None:
        """What would have to change of the number that counts; None where nothing of it can."""
        found = latest(test)
        if found is None:
            return None
        item, factor = found
        total = self.closures.line(b.Line(test.terms, 0, Fraction(1)))(row)
        have = row[self.layout.place[item.column]]
        if total is None or not isinstance(have, int):
            return None
        lacking = (test.bound - total) * sign
        steps = -(-lacking // abs(factor)) * (1 if factor > 0 else -1)
        return Gap(item, _plain(have), _plain(have + steps), relative)


def latest(test: b.LinearTest) -> tuple[b.Source, int] | None:
    """The column of the latest period that helps by growing; if there is none, one that helps by shrinking."""
    sign = 1 if test.op == ">=" else -1
    columns = [
        (i, c * sign) for i, c in test.terms if isinstance(i, b.Source) and i.kind is Kind.NUMBER and c
    ]
    return max(columns, key=lambda t: (t[1] > 0, t[0].period.end if t[0].period else date.min), default=None)


def _plain(count: int) -> Decimal:
    return Decimal(count).scaleb(-b.PLACES).normalize() + 0


def _width(gaps: Sequence[Gap]) -> tuple[Fraction, int]:
    return max((gap.relative for gap in gaps), default=Fraction(0)), len(gaps)


def _shown(line: b.Line, value: Fraction | None, factor: Fraction) -> Decimal | date | None:
    """A side as it is shown: a date where the column is one."""
    if value is None:
        return None
    dated = any(isinstance(item, b.Source) and item.kind is Kind.DATE for item, _ in line.terms)
    return EPOCH + timedelta(days=int(value)) if dated else decimal(value / factor)
