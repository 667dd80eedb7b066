"""Expressions bound to a day (绑定式): every column has its name, every comparison is one of whole numbers. Hashable.

A number of the catalogue counts in ten-thousandths of its unit, as the database keeps it; a date in days since 1970;
a flag as 0 or 1. A `LinearSum` is then exact: value in the base of its kind = scale * (sum of coefficient * n + constant).
Equal tests are equal objects, so that each is evaluated once for all policies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.facts.periods import Period
from gongjian.engines.policy.rules.policy import Clause, Part, Policy

PLACES = 4
UNIT: int = 10_000


@dataclass(frozen=True)
class FactSource:
    """One column. `parts`: the columns whose sum it is computed from when it has no value itself; all of them are needed."""

    column: str
    key: str
    kind: Kind
    unit: str = ""
    power: int = 0
    period: Period | None = None
    parts: tuple["FactSource", ...] = ()

    def __hash__(self) -> int:
        return hash(self.column)

    @property
    def scale(self) -> Fraction:
        """The value of n = 1 in the base unit of the kind."""
        return Fraction(10) ** (self.power - PLACES) if self.kind is Kind.NUMBER else Fraction(1)

    def leaves(self) -> Iterator["FactSource"]:
        """The column itself and all columns it may be computed from."""
        yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True)
class LinearSum:
    """scale * (sum of c * n + constant), with a whole number n for each item."""

    terms: tuple[tuple["Item", int], ...]
    constant: int
    scale: Fraction


@dataclass(frozen=True)
class Extreme:
    """The least or the greatest of several sums, all of one scale."""

    how: Literal["LEAST", "GREATEST"]
    among: tuple[LinearSum, ...]
    scale: Fraction


@dataclass(frozen=True)
class Tiers:
    """The sum of the first tier whose condition holds, all of one scale; unknown if anything in any tier is unknown."""

    steps: tuple[tuple["Tree", LinearSum], ...]
    otherwise: LinearSum
    scale: Fraction


@dataclass(frozen=True)
class BoundProduct:
    """The product of two sums."""

    left: LinearSum
    right: LinearSum
    scale: Fraction


Item = FactSource | Extreme | Tiers | BoundProduct


@dataclass(frozen=True)
class LinearTest:
    """A sum of c * n compared with a whole number."""

    terms: tuple[tuple[Item, int], ...]
    op: Literal[">=", "<=", "=", "<>"]
    bound: int


@dataclass(frozen=True)
class TextTest:
    """Whether a text is one of the values or begins with one of the prefixes."""

    source: FactSource
    values: tuple[str, ...]
    prefixes: tuple[str, ...]

    def holds(self, value: str) -> bool:
        """Whether the test holds for a known text."""
        return value in self.values or value.startswith(self.prefixes)


@dataclass(frozen=True)
class SetTest:
    """Whether a list of names holds any, or all, of the titles."""

    source: FactSource
    how: Literal["ANY", "ALL"]
    titles: tuple[str, ...]

    def holds(self, value: frozenset[str]) -> bool:
        """Whether the test holds for a known list."""
        return any(t in value for t in self.titles) if self.how == "ANY" else value.issuperset(self.titles)


@dataclass(frozen=True)
class KnownTest:
    """Whether a column has a value."""

    source: FactSource


Test = LinearTest | TextTest | SetTest | KnownTest


@dataclass(frozen=True)
class Leaf:
    """A test with the words of the rule, and both sides and their unit for display. `guard`: it checks the base of a growth rate."""

    test: Test
    text: str
    left: LinearSum | None = None
    right: LinearSum | None = None
    unit: str = ""
    factor: Fraction = Fraction(1)
    negated: bool = False
    guard: bool = False


@dataclass(frozen=True)
class All:
    """Holds when every part holds."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True)
class Any:
    """Holds when at least one part holds."""

    parts: tuple["Tree", ...]


Tree = All | Any | Leaf


@dataclass(frozen=True)
class BoundPart:
    """One part of a benefit bound to a day; amounts in 元."""

    part: Part
    when: Tree | None
    amount: LinearSum


@dataclass(frozen=True)
class BoundPolicy:
    """A policy bound to a day: its clauses as trees, its benefit as sums."""

    policy: Policy
    clauses: tuple[tuple[Clause, Tree], ...]
    parts: tuple[BoundPart, ...]


def leaves(tree: Tree | None) -> Iterator[Leaf]:
    """The leaves of a tree in reading order."""
    if isinstance(tree, Leaf):
        yield tree
    elif tree is not None:
        for part in tree.parts:
            yield from leaves(part)


def sources(node: LinearSum | Test | Tree | None) -> Iterator[FactSource]:
    """The columns a sum, test or tree reads; a column read twice comes twice."""
    if isinstance(node, LinearSum | LinearTest):
        for item, _ in node.terms:
            yield from _sources_of_item(item)
    elif isinstance(node, TextTest | SetTest | KnownTest):
        yield node.source
    else:
        for leaf in leaves(node):
            yield from sources(leaf.test)


def _sources_of_item(item: Item) -> Iterator[FactSource]:
    if isinstance(item, FactSource):
        yield item
    elif isinstance(item, Extreme):
        for linear in item.among:
            yield from sources(linear)
    elif isinstance(item, BoundProduct):
        yield from sources(item.left)
        yield from sources(item.right)
    else:
        for tree, linear in item.steps:
            yield from sources(tree)
            yield from sources(linear)
        yield from sources(item.otherwise)
