"""Bound expressions as Python functions of a row (闭包): built from data, so no text of a user is ever executed.

The three values are the numbers 0 (fails), 1 (unknown), 2 (meets): AND is the least, OR the greatest, NOT is 2 minus the value.
"""

from collections.abc import Callable, Mapping
from operator import eq, ge, le, ne
from typing import cast

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.facts.row import Row
from gongjian.engines.policy.rules.policy import Verdict

FAILS, UNKNOWN, MEETS = 0, 1, 2
PAIR = 2
VERDICTS = (Verdict.FAILS, Verdict.UNKNOWN, Verdict.MEETS)
_OPS: Mapping[str, Callable[[int, int], bool]] = {">=": ge, "<=": le, "=": eq, "<>": ne}
WholeNumber = Callable[[Row], int | None]
Judge = Callable[[Row], int]


class Closures:
    """Makes functions of a row for one layout of columns."""

    def __init__(self, place: Mapping[str, int]) -> None:
        self.place = place

    def test(self, test: b.Test) -> Judge:
        """A test as a function from a row to 0, 1 or 2."""
        if isinstance(test, b.LinearTest):
            return self._linear(test)
        at = self.place[test.source.column]
        if isinstance(test, b.KnownTest):
            return lambda row: MEETS if row[at] is not None else FAILS
        holds = cast("Callable[[object], bool]", test.holds)

        def text_or_set(row: Row) -> int:
            value = row[at]
            return UNKNOWN if value is None else MEETS if holds(value) else FAILS

        return text_or_set

    def _linear(self, test: b.LinearTest) -> Judge:
        op, edge = _OPS[test.op], test.bound
        if len(test.terms) == 1 and isinstance(test.terms[0][0], b.FactSource):
            at, factor = self.place[test.terms[0][0].column], test.terms[0][1]

            def single(row: Row) -> int:
                value = row[at]
                if value is None:
                    return UNKNOWN
                return MEETS if op(value * factor, edge) else FAILS  # type: ignore[operator, arg-type]

            return single
        if len(test.terms) == PAIR and all(isinstance(item, b.FactSource) for item, _ in test.terms):
            return self._pair(test)
        total = self._terms(test.terms, 0)

        def several(row: Row) -> int:
            value = total(row)
            return UNKNOWN if value is None else MEETS if op(value, edge) else FAILS

        return several

    def _pair(self, test: b.LinearTest) -> Judge:
        """A comparison of two columns, the most common one of several columns."""
        op, edge = _OPS[test.op], test.bound
        (left_item, left_factor), (right_item, right_factor) = test.terms
        first, second = (self.place[cast("b.FactSource", item).column] for item in (left_item, right_item))

        def pair(row: Row) -> int:
            left, right = row[first], row[second]
            if left is None or right is None:
                return UNKNOWN
            return MEETS if op(left * left_factor + right * right_factor, edge) else FAILS  # type: ignore[operator, arg-type]

        return pair

    def linear_sum(self, linear: b.LinearSum) -> WholeNumber:
        """A sum as a function from a row to a whole number; None as soon as anything in it is unknown."""
        return self._terms(linear.terms, linear.constant)

    def _terms(self, terms: tuple[tuple[b.Item, int], ...], constant: int) -> WholeNumber:
        parts = [(self._item(item), factor) for item, factor in terms]

        def total(row: Row) -> int | None:
            result = constant
            for part, factor in parts:
                value = part(row)
                if value is None:
                    return None
                result += factor * value
            return result

        return total

    def _item(self, item: b.Item) -> WholeNumber:
        if isinstance(item, b.FactSource):
            at = self.place[item.column]
            return lambda row: cast("int | None", row[at])
        if isinstance(item, b.Extreme):
            return self._extreme(item)
        if isinstance(item, b.BoundProduct):
            return self._product(item)
        return self._tiers(item)

    def _extreme(self, item: b.Extreme) -> WholeNumber:
        among = [self.linear_sum(linear) for linear in item.among]
        pick = min if item.how == "LEAST" else max

        def extreme(row: Row) -> int | None:
            known = [value for linear in among if (value := linear(row)) is not None]
            return pick(known) if len(known) == len(among) else None

        return extreme

    def _product(self, item: b.BoundProduct) -> WholeNumber:
        left_sum, right_sum = self.linear_sum(item.left), self.linear_sum(item.right)

        def product(row: Row) -> int | None:
            left, right = left_sum(row), right_sum(row)
            return None if left is None or right is None else left * right

        return product

    def _tiers(self, item: b.Tiers) -> WholeNumber:
        steps = [(self.tree(tree), self.linear_sum(linear)) for tree, linear in item.steps]
        otherwise = self.linear_sum(item.otherwise)

        def tiers(row: Row) -> int | None:
            """Unknown as soon as a condition or an amount in it is unknown, whichever step would apply."""
            result = otherwise(row)
            known = result is not None
            for judge, linear in reversed(steps):
                holds, value = judge(row), linear(row)
                known = known and holds != UNKNOWN and value is not None
                if holds == MEETS:
                    result = value
            return result if known else None

        return tiers

    def tree(self, tree: b.Tree) -> Judge:
        """A tree as a function from a row to 0, 1 or 2."""
        if isinstance(tree, b.Leaf):
            judge = self.test(tree.test)
            return (lambda row: 2 - judge(row)) if tree.negated else judge
        parts = [self.tree(part) for part in tree.parts]
        if isinstance(tree, b.All):
            return lambda row: min(part(row) for part in parts)
        return lambda row: max(part(row) for part in parts)

    def undecided(self, tree: b.Tree) -> Callable[[Row], list[b.FactSource]]:
        """A tree as a function from a row to the columns that leave it undecided; parts decided either way are left out."""
        judge = self.tree(tree)
        if isinstance(tree, b.Leaf):
            sources = list(dict.fromkeys(b.sources(tree.test)))
            return lambda row: sources if judge(row) == UNKNOWN else []
        parts = [self.undecided(part) for part in tree.parts]
        return lambda row: [s for part in parts for s in part(row)] if judge(row) == UNKNOWN else []
