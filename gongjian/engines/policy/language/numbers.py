"""Numbers of a condition: constants with their units, facts of a period, arithmetic; units are checked as they meet."""

from collections.abc import Callable
from fractions import Fraction

from sqlglot import exp

from gongjian.engines.policy.facts.catalogue import Kind, closest
from gongjian.engines.policy.facts.periods import PeriodKind
from gongjian.engines.policy.facts.units import Unit, known_units, per, times, unit_named
from gongjian.engines.policy.language.errors import Wrong, suggested
from gongjian.engines.policy.language.functions import AS_OF, FUNCTIONS, Words
from gongjian.engines.policy.language.grammar import QUANTITY
from gongjian.engines.policy.language.nodes import (
    Bool,
    FactValue,
    Months,
    Number,
    Numeric,
    Pick,
    Plus,
    Tier,
    Times,
)
from gongjian.engines.policy.language.unsupported_sql import refuse

LARGEST = Fraction(10) ** 15
DIGITS = 12
NUMERIC = Number | FactValue | Months | Plus | Times | Pick | Tier


class Numbers:
    """Reads the numeric half of the language."""

    def __init__(self, words: Words, conditions: Callable[[exp.Expr], Bool]) -> None:
        self.words = words
        self.conditions = conditions

    def read(self, node: exp.Expr) -> Numeric:
        """A node as a number; raises Wrong."""
        if isinstance(node, exp.Paren):
            return self.read(node.this)
        if isinstance(node, exp.Literal):
            return Number(self._digits(node), None)
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
            return self._tier(node)
        if (call := self.words.call(node)) is not None:
            return self._call(node, call)
        if (name := self.words.name(node)) is not None:
            return self._name(node, name)
        raise refuse(self.words, node) or self.words.wrong(node, "not_a_number")

    def _name(self, node: exp.Expr, name: str) -> Numeric:
        defined = self.words.scope.definitions.get(name)
        if isinstance(defined, NUMERIC):
            return defined
        if defined is not None or name.upper() == AS_OF:
            raise self.words.wrong(node, "not_a_number")
        fact = self.words.fact(node, kind=Kind.NUMBER)
        return FactValue(fact, self.words.own_period(node, fact))

    def _digits(self, node: exp.Expr) -> Fraction:
        if node.args.get("is_string"):
            raise self.words.wrong(node, "not_a_number")
        value = Fraction(str(node.this))
        if abs(value) > LARGEST or (value * 10**DIGITS).denominator != 1:
            raise self.words.wrong(node, "too_large")
        return value

    def _negative(self, node: exp.Neg) -> Numeric:
        inner = self.read(node.this)
        if isinstance(inner, Number):
            return Number(-inner.value, inner.unit)
        return Times(Number(Fraction(-1), None), inner, inner.unit)

    def _call(self, node: exp.Expr, call: str) -> Numeric:
        args = node.expressions
        if call == QUANTITY:
            return self._quantity(node)
        if call in ("YEAR", "QUARTER", "MONTH"):
            return self._selected(node, call)
        if call.endswith("_MONTH") and call in FUNCTIONS:
            return self._months(node, call)
        if call in ("LEAST", "GREATEST"):
            if len(args) < 2:  # noqa: PLR2004 - two to choose from
                raise self.words.wrong(node, "arguments", name=call, form=FUNCTIONS[call])
            return self._pick(node, call)
        if call == "GROWTH":
            raise self.words.wrong(node, "growth_place")
        raise refuse(self.words, node) or self.words.wrong(node, "not_a_number")

    def _quantity(self, node: exp.Expr) -> Number:
        digits, label = node.expressions
        unit = unit_named(label.this)
        if unit is None:
            near = closest(label.this, known_units())
            raise self.words.wrong(label, "unknown_unit", name=label.this, suggestion=suggested(near))
        return Number(self._digits(digits) * unit.factor, unit)

    def _selected(self, node: exp.Expr, call: str) -> Numeric:
        if len(node.expressions) not in (1, 2):
            raise self.words.wrong(node, "arguments", name=call, form=FUNCTIONS[call])
        first, which = (*node.expressions, None)[:2]
        if self.words.name(first) is None:
            raise self.words.wrong(first, "arguments", name=call, form=FUNCTIONS[call])
        fact = self.words.fact(first)
        if fact.kind is Kind.DATE:
            raise self.words.wrong(node, "date_function", name=call)
        fact = self.words.fact(first, kind=Kind.NUMBER)
        return FactValue(fact, self.words.when(node, fact, PeriodKind(call), which))

    def _months(self, node: exp.Expr, call: str) -> Months:
        if len(node.expressions) not in (2, 3):
            raise self.words.wrong(node, "arguments", name=call, form=FUNCTIONS[call])
        first, length, which = (*node.expressions, None)[:3]
        fact = self.words.fact(first, kind=Kind.NUMBER)
        kind = self.period_kind(length, call)
        when = self.words.when(node, fact, kind, which)
        if PeriodKind.MONTH not in fact.periods:
            kinds = "、".join(fact.periods)
            raise self.words.wrong(node, "no_period_kind", fact=fact.key, kind="MONTH", kinds=kinds)
        how = call.removesuffix("_MONTH")
        return Months(how, fact, when)  # type: ignore[arg-type]  # one of the four in FUNCTIONS

    def period_kind(self, node: exp.Expr, call: str) -> PeriodKind:
        """QUARTER or YEAR, as written."""
        name = (self.words.name(node) or getattr(node, "this", "") or "").upper()
        if name not in ("QUARTER", "YEAR"):
            raise self.words.wrong(node, "arguments", name=call, form=FUNCTIONS[call])
        return PeriodKind(name)

    def _plus(self, node: exp.Expr) -> Plus:
        for side in (node.this, node.expression):
            if isinstance(side, exp.Interval):
                raise self.words.wrong(node, "interval_place")
        left, right = self.read(node.this), self.read(node.expression)
        left, right = self.same_kind(node, left, right)
        return Plus(left, right, 1 if isinstance(node, exp.Add) else -1, left.unit)

    def same_kind(self, node: exp.Expr, left: Numeric, right: Numeric) -> tuple[Numeric, Numeric]:
        """Both sides in comparable units; a bare constant takes the unit of the other side."""
        if left.unit is None:
            return (left if right.unit is None else self._adopt(node, left, right.unit)), right
        if right.unit is None:
            return left, self._adopt(node, right, left.unit)
        if not left.unit.fits(right.unit):
            raise self.words.wrong(
                node, "unit_mismatch", left=left.unit.name or "1", right=right.unit.name or "1"
            )
        return left, right

    def _adopt(self, node: exp.Expr, bare: Numeric, unit: Unit) -> Numeric:
        """A bare number beside a unit; beside a ratio it must be below one."""
        if not unit.ratio:
            return (
                Times(Number(unit.factor, None), bare, unit)
                if not isinstance(bare, Number)
                else Number(bare.value * unit.factor, unit)
            )
        if isinstance(bare, Number) and abs(bare.value) >= 1:
            raise self.percent(node, bare.value)
        return (
            Number(bare.value, unit)
            if isinstance(bare, Number)
            else Times(Number(Fraction(1), None), bare, unit)
        )

    def percent(self, node: exp.Expr, value: Fraction) -> Wrong:
        """The fault of 5 where 5% is meant."""
        found = next(
            (
                n
                for n in node.walk()
                if isinstance(n, exp.Literal) and not n.is_string and Fraction(n.this) == abs(value)
            ),
            node,
        )
        shown = f"{float(value):g}"
        return self.words.wrong(found, "percent", found=shown, decimal=f"{float(value) / 100:g}")

    def _times(self, node: exp.Mul) -> Numeric:
        left, right = self.read(node.this), self.read(node.expression)
        if isinstance(left, Number) and isinstance(right, Number):
            return Number(left.value * right.value, self._times_unit(left, right))
        return Times(left, right, self._times_unit(left, right))

    def _times_unit(self, left: Numeric, right: Numeric) -> Unit | None:
        if left.unit is None or right.unit is None:
            return left.unit or right.unit
        return times(left.unit, right.unit)

    def _divide(self, node: exp.Div) -> Numeric:
        left, right = self.read(node.this), self.read(node.expression)
        if not isinstance(right, Number) or right.value == 0:
            raise self.words.wrong(node.expression, "divide")
        over = Number(1 / right.value, per(right.unit) if right.unit is not None else None)
        if isinstance(left, Number):
            return Number(left.value * over.value, self._times_unit(left, over))
        return Times(left, over, self._times_unit(left, over))

    def _pick(self, node: exp.Expr, call: str) -> Pick:
        among = self._alike(node, [self.read(arg) for arg in node.expressions])
        return Pick("LEAST" if call == "LEAST" else "GREATEST", tuple(among), among[0].unit)

    def _alike(self, node: exp.Expr, values: list[Numeric]) -> list[Numeric]:
        model = next((v for v in values if v.unit is not None), values[0])
        return [self.same_kind(node, value, model)[0] for value in values]

    def _tier(self, node: exp.Case) -> Tier:
        if node.this is not None:
            raise self.words.wrong(node, "case_form")
        if node.args.get("default") is None:
            raise self.words.wrong(node, "case_else")
        tests = [self.conditions(step.this) for step in node.args["ifs"]]
        raw = [self.read(step.args["true"]) for step in node.args["ifs"]]
        values = self._alike(node, [*raw, self.read(node.args["default"])])
        return Tier(tuple(zip(tests, values[:-1], strict=True)), values[-1], values[-1].unit)
