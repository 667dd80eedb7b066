"""Binding a policy to a day: periods become column names, dates become day numbers, units become whole numbers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.binding.sums import Sum, common_measure, compare
from gongjian.engines.policy.facts.catalogue import FactDef, Gather, Kind
from gongjian.engines.policy.facts.periods import MONTHS, Period, PeriodKind, add_months, period_of
from gongjian.engines.policy.language import nodes as n
from gongjian.engines.policy.rules.policy import Policy
from gongjian.engines.policy.vocabulary import DAYS

EPOCH = date(1970, 1, 1)
NEGATED: dict[str, n.Op] = {">=": "<", "<": ">=", "<=": ">", ">": "<=", "=": "<>", "<>": "="}


def days_since_1970(day: date) -> int:
    """The number of days since 1 January 1970."""
    return (day - EPOCH).days


def bind(policy: Policy, *, as_of: date, others: Mapping[str, Policy] | None = None) -> b.BoundPolicy:
    """A policy bound to the day `as_of`. `others`: the policies MEETS('...') names, by code. Raises KeyError if one is missing."""
    return Binder(policy, as_of, others or {}).bind()


def source_of(fact: FactDef, period: Period | None) -> b.FactSource:
    """The column of a fact for a period, with the columns it may be computed from."""
    column = f"{fact.key}@{period}" if period else fact.key
    power = fact.measure.power if fact.kind is Kind.NUMBER else 0
    return b.FactSource(column, fact.key, fact.kind, fact.unit, power, period, _parts(fact, period))


def _parts(fact: FactDef, period: Period | None) -> tuple[b.FactSource, ...]:
    if period is None or period.kind not in MONTHS or fact.gather is Gather.NONE:
        return ()
    shorter_kinds = [
        k
        for k in (PeriodKind.QUARTER, PeriodKind.MONTH)
        if k in fact.periods and MONTHS[k] < MONTHS[period.kind]
    ]
    if not shorter_kinds:
        return ()
    parts = period.parts(shorter_kinds[0])
    return tuple(source_of(fact, part) for part in (parts if fact.gather is Gather.SUM else parts[-1:]))


class Binder:
    """Binds one policy."""

    def __init__(self, policy: Policy, as_of: date, others: Mapping[str, Policy]) -> None:
        self.policy = policy
        self.as_of = as_of
        self.others = others

    def bind(self) -> b.BoundPolicy:
        """The policy with all clauses and parts bound."""
        clauses = tuple((c, self.tree(c.condition)) for c in self.policy.clauses)
        parts = tuple(
            b.BoundPart(
                p, self.tree(p.when) if p.when is not None else None, self.number(p.amount).linear_sum()
            )
            for p in self.policy.benefit.parts
        )
        return b.BoundPolicy(self.policy, clauses, parts)

    def period(self, when: n.PeriodSelector) -> Period | None:
        """The period that a selector means on the day bound to; None for a fact without periods."""
        if when.kind is None or when.fixed is not None:
            return when.fixed
        own = self.policy.period
        start = own.widen(when.kind) if own is not None else period_of(self.as_of, when.kind)
        return start.shift(when.steps)

    def number(self, node: n.Numeric) -> Sum:
        """A number as a sum with exact coefficients."""
        match node:
            case n.Constant():
                return Sum(constant=node.value)
            case n.FactValue():
                return Sum.of(source_of(node.fact, self.period(node.when)))
            case n.Months():
                return self._months(node)
            case n.Plus():
                return self.number(node.left).plus(self.number(node.right), node.factor)
            case n.Times():
                return self._times(self.number(node.left), self.number(node.right))
        return self._choice(node)

    def _choice(self, node: n.LeastGreatest | n.CaseWhen) -> Sum:
        if isinstance(node, n.LeastGreatest):
            return self._extreme(node.how, [self.number(v) for v in node.among])
        return self._tiers(node)

    def _months(self, node: n.Months) -> Sum:
        period = self.period(node.when)
        assert period is not None  # noqa: S101 - a Months always has a kind
        months = [Sum.of(source_of(node.fact, part)) for part in period.parts(PeriodKind.MONTH)]
        if node.how in ("MAX", "MIN"):
            return self._extreme("GREATEST" if node.how == "MAX" else "LEAST", months)
        total = Sum()
        for month in months:
            total = total.plus(month)
        return total.times(Fraction(1, len(months))) if node.how == "MEAN" else total

    def _times(self, left: Sum, right: Sum) -> Sum:
        if not left.terms:
            return right.times(left.constant)
        if not right.terms:
            return left.times(right.constant)
        left_sum, right_sum = left.linear_sum(), right.linear_sum()
        return Sum.of(b.BoundProduct(left_sum, right_sum, left_sum.scale * right_sum.scale))

    def _extreme(self, how: str, among: list[Sum]) -> Sum:
        scale = common_measure([s.scale() for s in among if s.terms or s.constant])
        lines = tuple(s.at_scale(scale) for s in among)
        return Sum.of(b.Extreme("LEAST" if how == "LEAST" else "GREATEST", lines, scale))

    def _tiers(self, node: n.CaseWhen) -> Sum:
        values = [self.number(v) for _, v in node.steps] + [self.number(node.otherwise)]
        scale = common_measure([s.scale() for s in values if s.terms or s.constant])
        lines = [s.at_scale(scale) for s in values]
        trees = [self.tree(test) for test, _ in node.steps]
        return Sum.of(b.Tiers(tuple(zip(trees, lines[:-1], strict=True)), lines[-1], scale))

    def tree(self, node: n.Bool, *, negated: bool = False) -> b.Tree:
        """A condition as a tree, with NOT pushed down to the leaves, which Kleene's logic allows."""
        match node:
            case n.Not():
                return self.tree(node.part, negated=not negated)
            case n.And() | n.Or():
                parts = tuple(self.tree(part, negated=negated) for part in node.parts)
                return b.All(parts) if isinstance(node, n.And) is not negated else b.Any(parts)
            case n.Growth():
                return self._growth(node, negated=negated)
            case n.MeetsPolicy():
                return self._meets(node, negated=negated)
            case n.CompareDay():
                return self._compare_day(node, negated=negated)
        leaf = self._leaf(node, negated=negated)
        return replace(leaf, text=f"NOT ({leaf.text})") if negated else leaf

    def _meets(self, node: n.MeetsPolicy, *, negated: bool) -> b.Tree:
        other = self.others[node.code]
        inner = Binder(other, self.as_of, {k: v for k, v in self.others.items() if k != node.code})
        parts = tuple(inner.tree(c.condition, negated=negated) for c in other.clauses)
        return b.Any(parts) if negated else b.All(parts)

    def _growth(self, node: n.Growth, *, negated: bool) -> b.Tree:
        period = self.period(node.when)
        assert period is not None  # noqa: S101 - a Growth always has a kind
        base = Sum.of(source_of(node.fact, period.shift(-12 // MONTHS[period.kind])))
        value = Sum.of(source_of(node.fact, period))
        guard = self._comparison(base, Sum(), "<=" if negated else ">", node.text, node.fact)
        op = NEGATED[node.op] if negated else node.op
        test = self._comparison(value, base.times(1 + node.rate), op, node.text, node.fact)
        guard = b.Leaf(guard.test, node.text, guard.left, guard.right, guard.unit, guard.factor, guard=True)
        return b.Any((guard, test)) if negated else b.All((guard, test))

    def _comparison(self, left: Sum, right: Sum, op: n.Op, text: str, fact: FactDef) -> b.Leaf:  # noqa: PLR0917
        return b.Leaf(
            compare(left, right, op),
            text,
            left.linear_sum(),
            right.linear_sum(),
            fact.unit,
            fact.measure.factor,
        )

    def _compare_day(self, node: n.CompareDay, *, negated: bool) -> b.Tree:
        """Compare a moved date with a day, by comparing the date itself with a day found in the calendar."""
        day = node.day.fixed or self.as_of
        goal = add_months(day, node.day.months) + timedelta(days=node.day.days - node.days)
        op = NEGATED[node.op] if negated else node.op
        column = Sum.of(source_of(node.fact, None))

        def leaf(op: n.Op, edge: date) -> b.Leaf:
            right = Sum(constant=days_since_1970(edge))
            return b.Leaf(
                compare(column, right, op), node.text, column.linear_sum(), right.linear_sum(), DAYS
            )

        if op in (">=", "<"):
            return leaf(op, _first_at_least(goal, node.months))
        if op in (">", "<="):
            return leaf(">=" if op == ">" else "<", _first_at_least(goal + timedelta(days=1), node.months))
        first = _first_at_least(goal, node.months)
        after = _first_at_least(goal + timedelta(days=1), node.months)
        within = (leaf(">=", first), leaf("<", after))
        outside = (leaf("<", first), leaf(">=", after))
        return b.All(within) if op == "=" else b.Any(outside)

    def _leaf(
        self,
        node: n.Compare | n.CompareDays | n.TextIn | n.FlagIs | n.HasTitles | n.IsKnown,
        *,
        negated: bool,
    ) -> b.Leaf:
        match node:
            case n.Compare():
                op = NEGATED[node.op] if negated else node.op
                left, right = self.number(node.left), self.number(node.right)
                unit = next((u for u in (node.left.unit, node.right.unit) if u is not None), None)
                return b.Leaf(
                    compare(left, right, op),
                    node.text,
                    left.linear_sum(),
                    right.linear_sum(),
                    unit.name if unit else "",
                    unit.factor if unit else Fraction(1),
                )
            case n.CompareDays():
                sides = [Sum.of(source_of(f, None)) for f in (node.left, node.right)]
                op = NEGATED[node.op] if negated else node.op
                return b.Leaf(compare(sides[0], sides[1], op), node.text)
            case n.FlagIs():
                wanted = node.value is not negated
                flag = Sum.of(source_of(node.fact, None))
                return b.Leaf(compare(flag, Sum(constant=int(wanted)), ">=" if wanted else "<="), node.text)
            case n.TextIn():
                return b.Leaf(
                    b.TextTest(source_of(node.fact, None), node.values, node.prefixes),
                    node.text,
                    negated=negated,
                )
            case n.HasTitles():
                return b.Leaf(
                    b.SetTest(source_of(node.fact, None), node.how, node.titles), node.text, negated=negated
                )
        return b.Leaf(b.KnownTest(source_of(node.fact, self.period(node.when))), node.text, negated=negated)


def _first_at_least(goal: date, months: int) -> date:
    """The first day that, moved by so many months, is not before the goal. The calendar is searched, not computed."""
    day = add_months(goal, -months) - timedelta(days=5)
    while add_months(day, months) < goal:
        day += timedelta(days=1)
    return day
