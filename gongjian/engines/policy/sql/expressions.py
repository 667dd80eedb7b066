"""Bound expressions as SQL: whole numbers, days and texts only, so that no engine has anything to round or to guess."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce
from typing import Literal

from sqlglot import exp

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.binding.binder import EPOCH
from gongjian.engines.policy.facts.catalogue import Kind

Dialect = Literal["postgres", "duckdb", "spark", "clickhouse"]
SEPARATOR = ";"  # between the titles of a firm; the text "" says that it is known to have none
WHOLE = {"duckdb": "HUGEINT", "postgres": "DECIMAL(60, 0)", "spark": "DECIMAL(38, 0)", "clickhouse": "INT256"}
TYPES = {
    Kind.NUMBER: "DECIMAL(20, 4)",
    Kind.FLAG: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.TEXT: "TEXT",
    Kind.SET: "TEXT",
}
LARGEST = 2**62
COMPARED: dict[str, type[exp.Binary]] = {">=": exp.GTE, "<=": exp.LTE, "=": exp.EQ, "<>": exp.NEQ}
OPENED: dict[tuple[str, int], type[exp.Binary]] = {(">=", 1): exp.GT, ("<=", -1): exp.LT}


@dataclass
class SqlWriter:
    """Writes expressions over a table and keeps what they read, so that each column and each test is computed once.

    `columns`: those the table has; None: all that are asked for. `headings`: what the table calls them where it differs.
    """

    dialect: Dialect
    columns: Collection[str] | None = None
    sources: dict[b.FactSource, str] = field(default_factory=dict)
    partly_known_names: dict[b.FactSource, str] = field(default_factory=dict)
    tests: dict[b.Test, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    undecided_names: dict[b.Tree, str] | None = None  # of trees, where they are to have names

    def source(self, source: b.FactSource) -> exp.Expr:
        """A column by its short name in the query."""
        return column(self.sources.setdefault(source, f"s{len(self.sources)}"))

    def partly_known(self, source: b.FactSource) -> exp.Expr:
        """Whether any of the columns that a column is computed from is known, by its short name in the query."""
        return column(self.partly_known_names.setdefault(source, f"p{len(self.partly_known_names)}"))

    def test(self, test: b.Test) -> exp.Expr:
        """A test by its short name in the query."""
        return column(self.tests.setdefault(test, f"t{len(self.tests)}"))

    def source_sql(self, source: b.FactSource) -> exp.Expr:
        """The value of a column: from the table, or else computed from its parts, or else NULL."""
        ways = [self._in_the_table(source)] if self.in_table(source) else []
        parts = [self.source_sql(part) for part in source.parts if self._obtainable(part)]
        if parts and len(parts) == len(source.parts):
            ways.append(exp.Paren(this=_added(parts)))
        if not ways:
            return exp.cast(exp.Null(), TYPES[source.kind])
        return ways[0] if len(ways) == 1 else exp.Coalesce(this=ways[0], expressions=ways[1:])

    def partly_known_sql(self, source: b.FactSource) -> exp.Expr:
        """The expression behind `partly_known`, in columns of the table."""
        below = [s for part in source.parts for s in part.leaves() if self.in_table(s)]
        return any_of([exp.Not(this=is_null(self._in_the_table(s))) for s in below]) if below else exp.false()

    def _in_the_table(self, source: b.FactSource) -> exp.Expr:
        """A column by its name in the table."""
        return column(self.headings.get(source.column, source.column))

    def in_table(self, source: b.FactSource) -> bool:
        """Whether the table has the column itself."""
        return self.columns is None or source.column in self.columns

    def _obtainable(self, source: b.FactSource) -> bool:
        return self.in_table(source) or (
            bool(source.parts) and all(self._obtainable(part) for part in source.parts)
        )

    def tree(self, tree: b.Tree) -> exp.Expr:
        """A tree as true, false or NULL."""
        if isinstance(tree, b.Leaf):
            test = self.test(tree.test)
            return exp.Not(this=test) if tree.negated else test
        return (
            all_of(map(self.tree, tree.parts))
            if isinstance(tree, b.All)
            else any_of(map(self.tree, tree.parts))
        )

    def undecided(self, tree: b.Tree) -> exp.Expr:
        """Whether a tree is neither true nor false, by its short name in the query if trees have names."""
        if self.undecided_names is None:
            return is_null(self.tree(tree))
        return column(self.undecided_names.setdefault(tree, f"u{len(self.undecided_names)}"))

    def test_sql(self, test: b.Test) -> exp.Expr:
        """The expression of a test."""
        inline = InlineSqlWriter(
            self.dialect, self.columns, self.sources, self.partly_known_names, self.tests
        )
        return inline.test(test)

    def _test_sql(self, test: b.Test) -> exp.Expr:
        if isinstance(test, b.LinearTest):
            return exp.Paren(this=self._linear(test))
        value = self.source(test.source)
        if isinstance(test, b.KnownTest):
            return all_known([value])
        return exp.Paren(
            this=self._text(test, value) if isinstance(test, b.TextTest) else self._set(test, value)
        )

    def _text(self, test: b.TextTest, value: exp.Expr) -> exp.Expr:
        tests: list[exp.Expr] = []
        if test.values:
            tests.append(exp.In(this=value, expressions=[exp.Literal.string(v) for v in test.values]))
        tests += [exp.StartsWith(this=value.copy(), expression=exp.Literal.string(p)) for p in test.prefixes]
        return any_of(tests)

    def _set(self, test: b.SetTest, value: exp.Expr) -> exp.Expr:
        edge = exp.Literal.string(SEPARATOR)
        listed = exp.DPipe(this=exp.DPipe(this=edge, expression=value), expression=edge.copy(), safe=True)
        tests = [
            exp.GT(
                this=exp.StrPosition(
                    this=listed.copy(), substr=exp.Literal.string(f"{SEPARATOR}{t}{SEPARATOR}")
                ),
                expression=exp.Literal.number(0),
            )
            for t in test.titles
        ]
        return any_of(tests) if test.how == "ANY" else all_of(tests)

    def _linear(self, test: b.LinearTest) -> exp.Expr:
        kinds = {item.kind if isinstance(item, b.FactSource) else None for item, _ in test.terms}
        if kinds == {Kind.NUMBER}:
            return self._numbers(test)
        if kinds == {Kind.DATE}:
            return self._dates(test)
        if kinds == {Kind.FLAG}:
            return self._flag(test)
        return COMPARED[test.op](this=self.linear_sum(test.terms), expression=whole_number(test.bound))

    def _numbers(self, test: b.LinearTest) -> exp.Expr:
        """A comparison of facts as the table holds them; both sides are multiplied by ten until the bound is a whole number."""
        factor, bound = 1, test.bound
        divisor = b.UNIT
        while divisor > 1 and bound % 10 == 0:
            bound, divisor = bound // 10, divisor // 10
        factor = divisor
        terms = [
            (self.source(item), coefficient * factor)
            for item, coefficient in test.terms
            if isinstance(item, b.FactSource)
        ]
        above = [(value, c) for value, c in terms if c >= 0]
        below = [(value, -c) for value, c in terms if c < 0]
        if below and bound == 0:
            return COMPARED[test.op](this=_sum(above), expression=_sum(below))
        return COMPARED[test.op](this=_sum(terms), expression=whole_number(bound))

    def _dates(self, test: b.LinearTest) -> exp.Expr:
        values = [self.source(item) for item, _ in test.terms if isinstance(item, b.FactSource)]
        if len(values) == 1:
            day = EPOCH + timedelta(days=test.bound)
            return COMPARED[test.op](
                this=values[0], expression=exp.cast(exp.Literal.string(day.isoformat()), "DATE")
            )
        kind = COMPARED[test.op] if test.bound == 0 else OPENED[test.op, test.bound]
        return kind(this=values[0], expression=values[1])

    def _flag(self, test: b.LinearTest) -> exp.Expr:
        ((item, _),) = test.terms
        value = self.source(item)  # type: ignore[arg-type]  # a flag is a column
        return value if test.op == ">=" else exp.Not(this=value)

    def linear_sum(self, terms: Sequence[tuple[b.Item, int]], constant: int = 0, factor: int = 1) -> exp.Expr:
        """factor * (sum of coefficient * n + constant) as a whole number."""
        terms_as_sql = [(self.item_sql(item), coefficient * factor) for item, coefficient in terms]
        fixed = exp.cast(whole_number(constant * factor), WHOLE[self.dialect])
        if not terms_as_sql:
            return fixed
        total = _sum(terms_as_sql)
        return exp.Add(this=total, expression=fixed) if constant else total

    def item_sql(self, item: b.Item) -> exp.Expr:
        """The whole number n of an item; NULL when anything in it is unknown."""
        if isinstance(item, b.FactSource):
            return self._counted(item)
        if isinstance(item, b.BoundProduct):
            left, right = (self.linear_sum(side.terms, side.constant) for side in (item.left, item.right))
            return exp.Mul(this=exp.Paren(this=left), expression=exp.Paren(this=right))
        return self._extreme(item) if isinstance(item, b.Extreme) else self._tiers(item)

    def _counted(self, source: b.FactSource) -> exp.Expr:
        value = self.source(source)
        if source.kind is Kind.NUMBER:
            return exp.cast(exp.Mul(this=value, expression=whole_number(b.UNIT)), WHOLE[self.dialect])
        return exp.Case(
            ifs=[
                exp.If(this=value, true=exp.Literal.number(1)),
                exp.If(this=exp.Not(this=value.copy()), true=exp.Literal.number(0)),
            ]
        )

    def _extreme(self, item: b.Extreme) -> exp.Expr:
        lines = [self.linear_sum(linear.terms, linear.constant) for linear in item.among]
        inputs = [self.source(source) for source in _distinct(item.among)]
        return null_unless_all_known(inputs, exp.Anonymous(this=item.how, expressions=lines))

    def _tiers(self, item: b.Tiers) -> exp.Expr:
        """NULL when a condition or a fact of any amount is unknown; a plain CASE would fall through to its last step."""
        tests = [self.tree(tree) for tree, _ in item.steps]
        lines = [linear for _, linear in item.steps] + [item.otherwise]
        values = [self.linear_sum(linear.terms, linear.constant) for linear in lines]
        steps = [exp.If(this=test, true=value) for test, value in zip(tests, values[:-1], strict=True)]
        inputs = [test.copy() for test in tests] + [self.source(source) for source in _distinct(lines)]
        return null_unless_all_known(inputs, exp.Case(ifs=steps, default=values[-1]))


class InlineSqlWriter(SqlWriter):
    """Writes out the tests inside a test, since a query cannot use a name that it is only just giving."""

    def test(self, test: b.Test) -> exp.Expr:
        """The expression of a test."""
        return self._test_sql(test)


def _distinct(lines: Iterable[b.LinearSum]) -> list[b.FactSource]:
    """The columns of all sums, each once. A CASE inside a sum is NULL by itself, so its conditions add nothing."""
    return list(dict.fromkeys(source for linear in lines for source in b.sources(linear)))


def column(name: str) -> exp.Expr:
    """A column by its name."""
    return exp.column(exp.to_identifier(name, quoted=True))


def whole_number(value: int) -> exp.Expr:
    """A whole number; a very long one as text, since some engines read long digits as binary fractions."""
    if abs(value) > LARGEST:
        return exp.cast(exp.Literal.string(str(value)), "DECIMAL(38, 0)")
    literal = exp.Literal.number(abs(value))
    return exp.Paren(this=exp.Neg(this=literal)) if value < 0 else literal


def _added(values: Sequence[exp.Expr]) -> exp.Expr:
    return reduce(lambda left, right: exp.Add(this=left, expression=right), values)


def _sum(terms: Iterable[tuple[exp.Expr, int]]) -> exp.Expr:
    """The sum of coefficients times values; a coefficient of one is left out."""
    return _added([v if c == 1 else exp.Mul(this=v, expression=whole_number(c)) for v, c in terms])


def all_of(tests: Iterable[exp.Expr]) -> exp.Expr:
    """AND over the tests, each in brackets."""
    bracketed: list[exp.Expr] = [exp.Paren(this=test) for test in tests]
    return reduce(lambda left, right: exp.And(this=left, expression=right), bracketed)


def any_of(tests: Iterable[exp.Expr]) -> exp.Expr:
    """OR over the tests, each in brackets."""
    bracketed: list[exp.Expr] = [exp.Paren(this=test) for test in tests]
    return reduce(lambda left, right: exp.Or(this=left, expression=right), bracketed)


def is_null(value: exp.Expr) -> exp.Expr:
    """Whether a value is unknown."""
    return exp.Is(this=exp.Paren(this=value), expression=exp.Null())


def all_known(values: Sequence[exp.Expr]) -> exp.Expr:
    """Whether all values are known."""
    return all_of([exp.Not(this=is_null(value)) for value in values])


def null_unless_all_known(inputs: Sequence[exp.Expr], value: exp.Expr) -> exp.Expr:
    """The value, but NULL as soon as one of the inputs is: LEAST, GREATEST and CASE would hide it."""
    return exp.Case(ifs=[exp.If(this=all_known(inputs), true=value)]) if inputs else value
