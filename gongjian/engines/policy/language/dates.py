"""Reading comparisons of dates: a date of the firm, moved by an interval, against a fixed day or the day of the question."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlglot import exp

from gongjian.engines.policy.facts.catalogue import FactDef, Kind
from gongjian.engines.policy.facts.periods import YEARS, add_months
from gongjian.engines.policy.language.functions import AS_OF, ExpressionContext
from gongjian.engines.policy.language.nodes import FLIPPED, CompareDay, CompareDays, ConstantDay, Op

LONGEST = 1200
DIGITS = 6
REACHABLE = range(1700, 2400)  # years of fixed days moved by an interval
_MONTHS = {"YEAR": 12, "MONTH": 1, "DAY": 0}


@dataclass(frozen=True)
class DateSide:
    """One side of a comparison: a fact, or a constant day (`fixed` None: the day of the question), moved by months and days."""

    fact: FactDef | None
    fixed: date | None = None
    months: int = 0
    days: int = 0


class DateReader:
    """Reads comparisons of dates."""

    def __init__(self, context: ExpressionContext) -> None:
        self.context = context

    def is_day(self, node: exp.Expr) -> bool:
        """Whether a node is a date."""
        if isinstance(node, exp.Paren | exp.Add | exp.Sub):
            return self.is_day(node.this) or isinstance(getattr(node, "expression", None), exp.Interval)
        if isinstance(node, exp.Cast):
            return str(node.args["to"].this).endswith("DATE")
        name = self.context.name(node)
        if name is None:
            return self.context.call(node) == "DATE"
        fact = self.context.scope.catalogue.find(name)
        return name.upper() == AS_OF or (fact is not None and fact.kind is Kind.DATE)

    def compare(self, node: exp.Expr, op: Op, text: str) -> CompareDay | CompareDays:
        """A comparison of two dates. Raises BadExpression."""
        left, right = self._side(node.this), self._side(node.expression)
        if left.fact is None:
            left, right, op = right, left, FLIPPED[op]
        if left.fact is None:
            raise self.context.error(node, "constant")
        if right.fact is None:
            day = ConstantDay(right.fixed, right.months, right.days)
            return CompareDay(op, left.fact, left.months, left.days, day, text)
        if (left.months, left.days, right.months, right.days) != (0, 0, 0, 0):
            raise self.context.error(node, "interval_place")
        return CompareDays(op, left.fact, right.fact, text)

    def _side(self, node: exp.Expr) -> DateSide:
        if isinstance(node, exp.Paren):
            return self._side(node.this)
        if isinstance(node, exp.Add | exp.Sub):
            return self._with_interval(node)
        if isinstance(node, exp.Cast) or self.context.call(node) == "DATE":
            return DateSide(None, self._date(node))
        name = self.context.name(node)
        if name is not None and name.upper() == AS_OF:
            return DateSide(None)
        if name is None:
            raise self._not_a_day(node)
        fact = self.context.fact(node)
        if fact.kind is not Kind.DATE:
            raise self._not_a_day(node)
        return DateSide(fact)

    def _not_a_day(self, node: exp.Expr) -> Exception:
        return self.context.error(node, "date_compared", name=self.context.tree.text_of(node))

    def _date(self, node: exp.Expr) -> date:
        literal = node.this if isinstance(node, exp.Cast) else (node.expressions or [node])[0]
        try:
            day = date.fromisoformat(self.context.text(literal))
        except ValueError:
            day = date.min
        if day.year not in YEARS:
            raise self.context.error(node, "not_a_date", found=str(literal.this))
        return day

    def _with_interval(self, node: exp.Expr) -> DateSide:
        if not isinstance(node.expression, exp.Interval):
            raise self.context.error(node, "interval_place")
        inner = self._side(node.this)
        if inner.months or inner.days:
            raise self.context.error(node, "interval_place")
        months, days = self._interval(node.expression)
        if isinstance(node, exp.Sub):
            months, days = -months, -days
        if inner.fixed is not None:
            day = add_months(inner.fixed, months) + timedelta(days=days)
            if day.year not in REACHABLE:
                raise self.context.error(node, "interval")
            return DateSide(None, day)
        return DateSide(inner.fact, None, months, days)

    def _interval(self, node: exp.Interval) -> tuple[int, int]:
        unit = str(node.args.get("unit") or "").upper().removesuffix("S")
        amount = str(getattr(node.this, "this", ""))
        written = amount.isdecimal() and len(amount) <= DIGITS
        if unit not in _MONTHS or not written or int(amount) * (_MONTHS[unit] or 1) > LONGEST * 31:
            raise self.context.error(node, "interval")
        if unit == "DAY":
            return 0, int(amount)
        if int(amount) * _MONTHS[unit] > LONGEST:
            raise self.context.error(node, "interval")
        return int(amount) * _MONTHS[unit], 0
