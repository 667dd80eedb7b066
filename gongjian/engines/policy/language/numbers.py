"""Reading numbers: constants with units, facts of a period, arithmetic. Units are checked wherever two numbers meet."""

import re
from collections.abc import Callable
from fractions import Fraction

from sqlglot import exp

from gongjian.engines.policy.facts.catalogue import Kind, closest
from gongjian.engines.policy.facts.periods import PeriodKind
from gongjian.engines.policy.facts.units import MeasureUnit, inverse, known_units, times, unit_named
from gongjian.engines.policy.language.errors import BadExpression, suggested
from gongjian.engines.policy.language.functions import AS_OF, FUNCTIONS, ExpressionContext
from gongjian.engines.policy.language.grammar import QUANTITY
from gongjian.engines.policy.language.nodes import (
    Bool,
    CaseWhen,
    Constant,
    FactValue,
    LeastGreatest,
    Months,
    Numeric,
    Plus,
    Times,
)
from gongjian.engines.policy.language.unsupported_sql import unsupported
from gongjian.engines.policy.vocabulary import BARE_POWERS

LARGEST = Fraction(10) ** 15
DIGITS = 12
LONGEST = 40  # signs of a number as it is written
PLAIN = re.compile(
    r"[0-9]*\.?[0-9]*"
)  # without an exponent, whose value would have to be worked out to be refused
HUGE = 10**60  # what constants may come to when they are multiplied
NUMERIC = Constant | FactValue | Months | Plus | Times | LeastGreatest | CaseWhen


class NumberReader:
    """Reads the expressions that are numbers."""

    def __init__(self, context: ExpressionContext, conditions: Callable[[exp.Expr], Bool]) -> None:
        self.context = context
        self.conditions = conditions

    def read(self, node: exp.Expr) -> Numeric:
        """The number that a node expresses. Raises BadExpression."""
        if isinstance(node, exp.Paren):
            return self.read(node.this)
        if isinstance(node, exp.Literal):
            return Constant(self._digits(node), None)
        if isinstance(node, exp.Neg):
            return self._negative(node)
        if isinstance(node, exp.Add | exp.Sub | exp.Mul | exp.Div):
            return self._binary(node)
        return self._word(node)

    def _binary(self, node: exp.Expr) -> Numeric:
        if isinstance(node, exp.Mul):
            return self._times(node)
        return self._divide(node) if isinstance(node, exp.Div) else self._plus(node)

    def _word(self, node: exp.Expr) -> Numeric:
        if isinstance(node, exp.Case):
            return self._case_when(node)
        if (call := self.context.call(node)) is not None:
            return self._call(node, call)
        if (name := self.context.name(node)) is not None:
            return self._name(node, name)
        raise unsupported(self.context, node) or self.context.error(node, "not_a_number")

    def _name(self, node: exp.Expr, name: str) -> Numeric:
        defined = self.context.scope.definitions.get(name)
        if isinstance(defined, NUMERIC):
            return defined
        if defined is not None or name.upper() == AS_OF:
            raise self.context.error(node, "not_a_number")
        fact = self.context.fact(node, kind=Kind.NUMBER)
        return FactValue(fact, self.context.default_period(node, fact))

    def _digits(self, node: exp.Expr) -> Fraction:
        if node.args.get("is_string"):
            raise self.context.error(node, "not_a_number")
        written = str(node.this)
        if len(written) > LONGEST or not PLAIN.fullmatch(written):
            raise self.context.error(node, "too_large", found=written[:DIGITS])
        value = Fraction(written)
        if abs(value) > LARGEST or (value * 10**DIGITS).denominator != 1:
            raise self.context.error(node, "too_large")
        return value

    def _negative(self, node: exp.Neg) -> Numeric:
        inner = self.read(node.this)
        if isinstance(inner, Constant):
            return Constant(-inner.value, inner.unit)
        return Times(Constant(Fraction(-1), None), inner, inner.unit)

    def _call(self, node: exp.Expr, call: str) -> Numeric:
        args = node.expressions
        if call == QUANTITY:
            return self._quantity(node)
        if call in ("YEAR", "QUARTER", "MONTH"):
            return self._fact_of_period(node, call)
        if call.endswith("_MONTH") and call in FUNCTIONS:
            return self._months(node, call)
        if call in ("LEAST", "GREATEST"):
            if len(args) < 2:  # noqa: PLR2004 - two to choose from
                raise self.context.error(node, "arguments", name=call, form=FUNCTIONS[call])
            return self._least_greatest(node, call)
        if call == "GROWTH":
            raise self.context.error(node, "growth_place")
        raise unsupported(self.context, node) or self.context.error(node, "not_a_number")

    def _quantity(self, node: exp.Expr) -> Constant:
        digits, label = node.expressions
        unit = unit_named(label.this)
        if unit is None:
            if label.this in BARE_POWERS:
                raise self.context.error(label, "bare_power", name=label.this)
            near = closest(label.this, known_units())
            raise self.context.error(label, "unknown_unit", name=label.this, suggestion=suggested(near))
        value = self._digits(digits) * unit.factor
        if value > LARGEST:
            raise self.context.error(digits, "too_large")
        return Constant(value, unit)

    def _fact_of_period(self, node: exp.Expr, call: str) -> Numeric:
        if len(node.expressions) not in (1, 2):
            raise self.context.error(node, "arguments", name=call, form=FUNCTIONS[call])
        first, which = (*node.expressions, None)[:2]
        if self.context.name(first) is None:
            raise self.context.error(first, "arguments", name=call, form=FUNCTIONS[call])
        fact = self.context.fact(first)
        if fact.kind is Kind.DATE:
            raise self.context.error(node, "date_function", name=call)
        fact = self.context.fact(first, kind=Kind.NUMBER)
        return FactValue(fact, self.context.period_selector(node, fact, PeriodKind(call), which))

    def _months(self, node: exp.Expr, call: str) -> Months:
        if len(node.expressions) not in (2, 3):
            raise self.context.error(node, "arguments", name=call, form=FUNCTIONS[call])
        first, length, which = (*node.expressions, None)[:3]
        fact = self.context.fact(first, kind=Kind.NUMBER)
        kind = self.period_kind(length, call)
        when = self.context.period_selector(node, fact, kind, which)
        if PeriodKind.MONTH not in fact.periods:
            kinds = "、".join(fact.periods)
            raise self.context.error(node, "no_period_kind", fact=fact.key, kind="MONTH", kinds=kinds)
        how = call.removesuffix("_MONTH")
        return Months(how, fact, when)  # type: ignore[arg-type]  # one of the four in FUNCTIONS

    def period_kind(self, node: exp.Expr, call: str) -> PeriodKind:
        """The period kind a node names, QUARTER or YEAR. Raises BadExpression."""
        name = (self.context.name(node) or getattr(node, "this", "") or "").upper()
        if name not in ("QUARTER", "YEAR"):
            raise self.context.error(node, "arguments", name=call, form=FUNCTIONS[call])
        return PeriodKind(name)

    def _plus(self, node: exp.Expr) -> Numeric:
        """A chain of sums and differences; joined in halves, so that a long one is not deep."""
        terms: list[tuple[int, exp.Expr]] = []
        while isinstance(node, exp.Add | exp.Sub):
            if isinstance(node.this, exp.Interval) or isinstance(node.expression, exp.Interval):
                raise self.context.error(node, "interval_place")
            terms.append((1 if isinstance(node, exp.Add) else -1, node.expression))
            node, whole = node.this, node
        signed = [(1, self.read(node)), *((sign, self.read(term)) for sign, term in reversed(terms))]
        while len(signed) > 1:
            pairs = zip(signed[::2], signed[1::2], strict=False)
            signed = [self._joined(whole, *pair) for pair in pairs] + signed[len(signed) // 2 * 2 :]
        return signed[0][1]

    def _joined(
        self, node: exp.Expr, first: tuple[int, Numeric], second: tuple[int, Numeric]
    ) -> tuple[int, Numeric]:
        (sign, left), (other, right) = first, second
        left, right = self.same_kind(node, left, right)
        return sign, Plus(left, right, sign * other, left.unit)

    def same_kind(self, node: exp.Expr, left: Numeric, right: Numeric) -> tuple[Numeric, Numeric]:
        """Both numbers in comparable units; one without a unit takes that of the other. Raises BadExpression."""
        if left.unit is None:
            return (left if right.unit is None else self._with_unit(node, left, right.unit)), right
        if right.unit is None:
            return left, self._with_unit(node, right, left.unit)
        if not left.unit.fits(right.unit):
            raise self.context.error(
                node, "unit_mismatch", left=left.unit.name or "1", right=right.unit.name or "1"
            )
        return left, right

    def _with_unit(self, node: exp.Expr, bare: Numeric, unit: MeasureUnit) -> Numeric:
        """A number without a unit, in the unit of the other side; beside a ratio it must be below one."""
        if not unit.ratio:
            return (
                Times(Constant(unit.factor, None), bare, unit)
                if not isinstance(bare, Constant)
                else Constant(bare.value * unit.factor, unit)
            )
        if isinstance(bare, Constant) and abs(bare.value) >= 1:
            raise self.percent_error(node, bare.value)
        return (
            Constant(bare.value, unit)
            if isinstance(bare, Constant)
            else Times(Constant(Fraction(1), None), bare, unit)
        )

    def percent_error(self, node: exp.Expr, value: Fraction) -> BadExpression:
        """The fault of writing 5 where 5% is meant."""
        literal = next(
            (
                n
                for n in node.walk()
                if isinstance(n, exp.Literal)
                and not n.is_string
                and PLAIN.fullmatch(n.this)
                and Fraction(n.this) == abs(value)
            ),
            node,
        )
        shown = f"{float(value):g}"
        return self.context.error(literal, "percent", found=shown, decimal=f"{float(value) / 100:g}")

    def _times(self, node: exp.Mul) -> Numeric:
        left, right = self.read(node.this), self.read(node.expression)
        if isinstance(left, Constant) and isinstance(right, Constant):
            return self._constant(node, left.value * right.value, self._times_unit(left, right))
        return Times(left, right, self._times_unit(left, right))

    def _constant(self, node: exp.Expr, value: Fraction, unit: MeasureUnit | None) -> Constant:
        if max(abs(value.numerator), value.denominator) > HUGE:
            raise self.context.error(node, "too_large")
        return Constant(value, unit)

    def _times_unit(self, left: Numeric, right: Numeric) -> MeasureUnit | None:
        if left.unit is None or right.unit is None:
            return left.unit or right.unit
        return times(left.unit, right.unit)

    def _divide(self, node: exp.Div) -> Numeric:
        left, right = self.read(node.this), self.read(node.expression)
        if not isinstance(right, Constant) or right.value == 0:
            raise self.context.error(node.expression, "divide")
        over = Constant(1 / right.value, inverse(right.unit) if right.unit is not None else None)
        if isinstance(left, Constant):
            return self._constant(node, left.value * over.value, self._times_unit(left, over))
        return Times(left, over, self._times_unit(left, over))

    def _least_greatest(self, node: exp.Expr, call: str) -> LeastGreatest:
        among = self._in_one_unit(node, [self.read(arg) for arg in node.expressions])
        return LeastGreatest("LEAST" if call == "LEAST" else "GREATEST", tuple(among), among[0].unit)

    def _in_one_unit(self, node: exp.Expr, values: list[Numeric]) -> list[Numeric]:
        model = next((v for v in values if v.unit is not None), values[0])
        return [self.same_kind(node, value, model)[0] for value in values]

    def _case_when(self, node: exp.Case) -> CaseWhen:
        if node.this is not None:
            raise self.context.error(node, "case_form")
        if node.args.get("default") is None:
            raise self.context.error(node, "case_else")
        tests = [self.conditions(step.this) for step in node.args["ifs"]]
        amounts = [self.read(step.args["true"]) for step in node.args["ifs"]]
        values = self._in_one_unit(node, [*amounts, self.read(node.args["default"])])
        return CaseWhen(tuple(zip(tests, values[:-1], strict=True)), values[-1], values[-1].unit)
