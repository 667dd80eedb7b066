"""Dates of a condition: a date of the firm moved by an interval, against a day that is fixed or the day of the question."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlglot import exp

from gongjian.engines.policy.facts.catalogue import FactDef, Kind
from gongjian.engines.policy.facts.periods import YEARS, add_months
from gongjian.engines.policy.language.functions import AS_OF, Words
from gongjian.engines.policy.language.nodes import FLIPPED, CompareDay, CompareDays, Day, Op

LONGEST = 1200
_MONTHS = {"YEAR": 12, "MONTH": 1, "DAY": 0}


@dataclass(frozen=True)
class Side:
    """One side: a fact, or a constant day (`fixed` None: the day of the question), moved."""

    fact: FactDef | None
    fixed: date | None = None
    months: int = 0
    days: int = 0


class Days:
    """Reads comparisons of dates."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def is_day(self, node: exp.Expr) -> bool:
        """Whether a node is a date."""
        if isinstance(node, exp.Paren | exp.Add | exp.Sub):
            return self.is_day(node.this) or isinstance(getattr(node, "expression", None), exp.Interval)
        if isinstance(node, exp.Cast):
            return str(node.args["to"].this).endswith("DATE")
        name = self.words.name(node)
        if name is None:
            return self.words.call(node) == "DATE"
        found = self.words.scope.catalogue.find(name)
        return name.upper() == AS_OF or (found is not None and found.kind is Kind.DATE)

    def compare(self, node: exp.Expr, op: Op, words: str) -> CompareDay | CompareDays:
        """Two sides with an operator between them."""
        left, right = self._side(node.this), self._side(node.expression)
        if left.fact is None:
            left, right, op = right, left, FLIPPED[op]
        if left.fact is None:
            raise self.words.wrong(node, "constant")
        if right.fact is None:
            day = Day(right.fixed, right.months, right.days)
            return CompareDay(op, left.fact, left.months, left.days, day, words)
        if (left.months, left.days, right.months, right.days) != (0, 0, 0, 0):
            raise self.words.wrong(node, "interval_place")
        return CompareDays(op, left.fact, right.fact, words)

    def _side(self, node: exp.Expr) -> Side:
        if isinstance(node, exp.Paren):
            return self._side(node.this)
        if isinstance(node, exp.Add | exp.Sub):
            return self._moved(node)
        if isinstance(node, exp.Cast) or self.words.call(node) == "DATE":
            return Side(None, self._date(node))
        name = self.words.name(node)
        if name is not None and name.upper() == AS_OF:
            return Side(None)
        if name is None:
            raise self._not_a_day(node)
        fact = self.words.fact(node)
        if fact.kind is not Kind.DATE:
            raise self._not_a_day(node)
        return Side(fact)

    def _not_a_day(self, node: exp.Expr) -> Exception:
        return self.words.wrong(node, "date_compared", name=self.words.tree.slice(node))

    def _date(self, node: exp.Expr) -> date:
        literal = node.this if isinstance(node, exp.Cast) else (node.expressions or [node])[0]
        try:
            day = date.fromisoformat(self.words.text(literal))
        except ValueError:
            day = date.min
        if day.year not in YEARS:
            raise self.words.wrong(node, "not_a_date", found=str(literal.this))
        return day

    def _moved(self, node: exp.Expr) -> Side:
        if not isinstance(node.expression, exp.Interval):
            raise self.words.wrong(node, "interval_place")
        inner = self._side(node.this)
        if inner.months or inner.days:
            raise self.words.wrong(node, "interval_place")
        months, days = self._interval(node.expression)
        if isinstance(node, exp.Sub):
            months, days = -months, -days
        if inner.fixed is not None:
            return Side(None, add_months(inner.fixed, months) + timedelta(days=days))
        return Side(inner.fact, None, months, days)

    def _interval(self, node: exp.Interval) -> tuple[int, int]:
        unit = str(node.args.get("unit") or "").upper().removesuffix("S")
        amount = str(getattr(node.this, "this", ""))
        if unit not in _MONTHS or not amount.isdigit() or int(amount) * (_MONTHS[unit] or 1) > LONGEST * 31:
            raise self.words.wrong(node, "interval")
        if unit == "DAY":
            return 0, int(amount)
        if int(amount) * _MONTHS[unit] > LONGEST:
            raise self.words.wrong(node, "interval")
        return int(amount) * _MONTHS[unit], 0
