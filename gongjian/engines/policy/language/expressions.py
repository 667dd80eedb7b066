"""The language of conditions (条件语言): from a text to a checked expression.

Closed on purpose: comparison, AND, OR, NOT, IN, BETWEEN, + - * and / by a constant, LIKE 'prefix%', dates moved by
an INTERVAL, CASE WHEN ... ELSE ... END and the functions of `functions.FUNCTIONS`. What SQL engines disagree on is refused
with what to write instead, so that Python, columns and every SQL dialect give the same answer. Nothing is executed.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from gongjian.engines.policy.facts.units import MeasureUnit
from gongjian.engines.policy.language.conditions import ConditionReader
from gongjian.engines.policy.language.errors import BadExpression
from gongjian.engines.policy.language.extents import extent
from gongjian.engines.policy.language.functions import ExpressionContext, RuleScope
from gongjian.engines.policy.language.grammar import Tree, parse
from gongjian.engines.policy.language.nodes import Bool, Constant, Numeric, Times

LONGEST = 20_000
T = TypeVar("T")
Expression = TypeVar("Expression", Bool, Numeric, Bool | Numeric)


@dataclass(frozen=True)
class ReadExpression(Generic[T]):
    """An expression with the other policies it names, each with its offset in the text."""

    value: T
    references: tuple[tuple[str, int], ...] = ()


def _parse(text: str) -> Tree:
    if len(text) > LONGEST:
        raise BadExpression(LONGEST, "too_long", found=str(LONGEST))
    return parse(text)


def read_condition(text: str, *, scope: RuleScope) -> ReadExpression[Bool]:
    """A condition from its text. Raises BadExpression at the first fault."""
    context = ExpressionContext(_parse(text), scope)
    value = ConditionReader(context).read(context.tree.root)
    return _of_bounded_extent(context, value)


def _of_bounded_extent(context: ExpressionContext, value: Expression) -> ReadExpression[Expression]:
    """What was read, unless it grows beyond all bounds once the definitions it names stand in it."""
    if fault := extent(value, context.scope.extents, {}).fault:
        raise BadExpression(0, fault, found=context.tree.original.strip()[:12])
    return ReadExpression(value, tuple(context.references))


def read_definition(text: str, *, scope: RuleScope) -> ReadExpression[Bool | Numeric]:
    """A named expression: a condition, or else a number. Raises BadExpression."""
    context = ExpressionContext(_parse(text), scope)
    conditions = ConditionReader(context)
    value: Bool | Numeric
    try:
        value = conditions.read(context.tree.root)
    except BadExpression as error:
        if error.code not in ("not_a_condition", "not_a_flag", "constant", "construct"):
            raise
        value = conditions.numbers.read(context.tree.root)
    return _of_bounded_extent(context, value)


def read_amount(text: str, *, scope: RuleScope, unit: MeasureUnit) -> ReadExpression[Numeric]:
    """An amount of money; a number without unit is in `unit`. Raises BadExpression, also when it is no money."""
    context = ExpressionContext(_parse(text), scope)
    numbers = ConditionReader(context).numbers
    value = numbers.read(context.tree.root)
    if value.unit is None:
        if not isinstance(value, Constant):
            return _of_bounded_extent(context, Times(Constant(unit.factor, unit), value, unit))
        value = Constant(value.value * unit.factor, unit)
    if not value.unit or not value.unit.fits(unit):
        unit_name = value.unit.name if value.unit and value.unit.name else "1"
        raise context.error(context.tree.root, "amount_unit", found=unit_name)
    if isinstance(value, Constant) and value.value < 0:
        raise context.error(context.tree.root, "negative_amount")
    return _of_bounded_extent(context, value)
