"""The language of conditions (条件语言): from a text to a checked expression.

Closed on purpose: comparison, AND, OR, NOT, IN, BETWEEN, + - * and / by a constant, LIKE 'prefix%', dates moved by
an INTERVAL, CASE WHEN ... ELSE ... END and the functions of `scope.FUNCTIONS`. What SQL engines disagree on is refused
with what to write instead, so that Python, columns and every SQL dialect give the same answer. Nothing is executed.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from gongjian.engines.policy.facts.units import Unit
from gongjian.engines.policy.language.conditions import Conditions
from gongjian.engines.policy.language.errors import Wrong
from gongjian.engines.policy.language.functions import Scope, Words
from gongjian.engines.policy.language.grammar import Tree, parse
from gongjian.engines.policy.language.nodes import Bool, Number, Numeric, Times

LONGEST = 4000
T = TypeVar("T")


@dataclass(frozen=True)
class Read(Generic[T]):
    """What was read, and which other policies it asks, each with its offset in the text."""

    value: T
    references: tuple[tuple[str, int], ...] = ()


def _parse(text: str) -> Tree:
    if len(text) > LONGEST:
        raise Wrong(LONGEST, "too_large", found=text[:12])
    return parse(text)


def read_condition(text: str, *, scope: Scope) -> Read[Bool]:
    """A condition. Raises Wrong with the offset of the first fault."""
    words = Words(_parse(text), scope)
    value = Conditions(words).read(words.tree.root)
    return Read(value, tuple(words.references))


def read_definition(text: str, *, scope: Scope) -> Read[Bool | Numeric]:
    """A named expression: a condition, or a number if it is no condition. Raises Wrong."""
    words = Words(_parse(text), scope)
    conditions = Conditions(words)
    value: Bool | Numeric
    try:
        value = conditions.read(words.tree.root)
    except Wrong as wrong:
        if wrong.code not in ("not_a_condition", "not_a_flag", "constant", "construct"):
            raise
        value = conditions.numbers.read(words.tree.root)
    return Read(value, tuple(words.references))


def read_amount(text: str, *, scope: Scope, unit: Unit) -> Read[Numeric]:
    """An amount of money; a bare number is in `unit`. Raises Wrong, also when it is no money."""
    words = Words(_parse(text), scope)
    numbers = Conditions(words).numbers
    value = numbers.read(words.tree.root)
    if value.unit is None:
        if not isinstance(value, Number):
            return Read(Times(Number(unit.factor, unit), value, unit), tuple(words.references))
        value = Number(value.value * unit.factor, unit)
    if not value.unit or not value.unit.fits(unit):
        found = value.unit.name if value.unit and value.unit.name else "1"
        raise words.wrong(words.tree.root, "amount_unit", found=found)
    if isinstance(value, Number) and value.value < 0:
        raise words.wrong(words.tree.root, "negative_amount")
    return Read(value, tuple(words.references))
