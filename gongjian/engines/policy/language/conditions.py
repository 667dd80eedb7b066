"""Reading conditions: comparisons, lists, flags, titles, and AND, OR, NOT over them; every leaf keeps its own text."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from sqlglot import exp

from gongjian.engines.policy.facts.areas import AREA_CODE, area_prefix
from gongjian.engines.policy.facts.catalogue import FactDef, Kind, closest
from gongjian.engines.policy.language.dates import DateReader
from gongjian.engines.policy.language.errors import BadExpression, suggested
from gongjian.engines.policy.language.functions import FUNCTIONS, ExpressionContext
from gongjian.engines.policy.language.nodes import (
    FLIPPED,
    And,
    Bool,
    Compare,
    Constant,
    FactValue,
    FlagIs,
    Growth,
    HasTitles,
    IsKnown,
    Leaf,
    MeetsPolicy,
    Not,
    Op,
    Or,
    PeriodSelector,
    TextIn,
)
from gongjian.engines.policy.language.numbers import NUMERIC, NumberReader
from gongjian.engines.policy.language.titles import title_meant
from gongjian.engines.policy.language.unsupported_sql import unsupported

SEPARATOR = ";"  # between the titles of a firm in a table of a database
_OPS: dict[type[exp.Expr], Op] = {
    exp.GTE: ">=",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.LT: "<",
    exp.EQ: "=",
    exp.NEQ: "<>",
}


class ConditionReader:
    """Reads the expressions that are true or false."""

    def __init__(self, context: ExpressionContext) -> None:
        self.context = context
        self.numbers = NumberReader(context, self.read)
        self.days = DateReader(context)

    def read(self, node: exp.Expr) -> Bool:
        """The condition that a node expresses. Raises BadExpression."""
        if isinstance(node, exp.Paren):
            return self.read(node.this)
        if isinstance(node, exp.And | exp.Or):
            parts = tuple(self.read(part) for part in node.flatten())
            text = self.context.tree.text_of(node)
            return And(parts, text) if isinstance(node, exp.And) else Or(parts, text)
        if isinstance(node, exp.Not):
            return self._not(node)
        if type(node) in _OPS:
            return self._compare(node, _OPS[type(node)])
        if isinstance(node, exp.Between):
            return self._between(node)
        return self._word(node)

    def _not(self, node: exp.Not) -> Bool:
        if isinstance(node.this, exp.Is):
            raise self._is_error(node.this)
        return Not(self.read(node.this), self.context.tree.text_of(node))

    def _is_error(self, node: exp.Is) -> BadExpression:
        return self.context.error(node, "is_null" if isinstance(node.expression, exp.Null) else "is_truth")

    def _word(self, node: exp.Expr) -> Bool:
        if isinstance(node, exp.In):
            return self._in(node)
        if isinstance(node, exp.Like):
            return self._like(node)
        if isinstance(node, exp.Is):
            raise self._is_error(node)
        if isinstance(node, exp.Boolean):
            raise self.context.error(node, "constant")
        if (name := self.context.name(node)) is not None:
            return self._name(node, name)
        return self._call(node)

    def _name(self, node: exp.Expr, name: str) -> Bool:
        defined = self.context.scope.definitions.get(name)
        if defined is not None:
            if isinstance(defined, NUMERIC):
                raise self.context.error(node, "not_a_flag", name=name)
            return defined
        fact = self.context.fact(node)
        if fact.kind is not Kind.FLAG:
            raise self.context.error(node, "not_a_flag", name=name)
        return FlagIs(fact, True, self.context.tree.text_of(node))  # noqa: FBT003 - the value of the flag

    def _call(self, node: exp.Expr) -> Bool:
        call = self.context.call(node)
        readers: dict[str, Callable[[exp.Expr, str], Bool]] = {
            "HAS": self._has_titles,
            "ANY_OF": self._has_titles,
            "ALL_OF": self._has_titles,
            "STARTS": self._starts,
            "KNOWN": self._is_known,
            "MEETS": self._meets_policy,
        }
        if call is not None and call in readers:
            return readers[call](node, call)
        raise unsupported(self.context, node) or self.context.error(node, "not_a_condition")

    def _compare(self, node: exp.Expr, op: Op) -> Bool:
        text = self.context.tree.text_of(node)
        for side in (node.this, node.expression):
            if isinstance(side, exp.Null):
                raise self.context.error(node, "null")
        for side, other in ((node.this, node.expression), (node.expression, node.this)):
            turned = op if side is node.this else FLIPPED[op]
            if self.context.call(side) == "GROWTH":
                return self._growth(side, other, turned, text)
            if (special := self._special(side, other, turned, text)) is not None:
                return special
        if self.days.is_day(node.this) or self.days.is_day(node.expression):
            return self.days.compare(node, op, text)
        return self._numeric(node, op, text)

    def _numeric(self, node: exp.Expr, op: Op, text: str) -> Compare:
        left, right = self.numbers.read(node.this), self.numbers.read(node.expression)
        if isinstance(left, Constant) and isinstance(right, Constant):
            raise self.context.error(node, "constant")
        left, right = self.numbers.same_kind(node, left, right)
        return Compare(op, left, right, text)

    def _special(self, side: exp.Expr, other: exp.Expr, op: Op, text: str) -> Bool | None:
        """A comparison of a text, flag or set fact; None if the side is no such fact."""
        name = self.context.name(side)
        fact = self.context.scope.catalogue.find(name) if name else None
        if fact is None:
            return None
        if fact.kind is Kind.SET:
            raise self.context.error(side, "set_compared", name=fact.key)
        if fact.kind is Kind.FLAG:
            return self._flag(fact, other, op, text)
        return self._text(fact, side, other, op, text) if fact.kind is Kind.TEXT else None

    def _flag(self, fact: FactDef, other: exp.Expr, op: Op, text: str) -> Bool:
        if op not in ("=", "<>") or not isinstance(other, exp.Boolean):
            raise self.context.error(other, "flag_compared", name=fact.key)
        return FlagIs(fact, bool(other.this) is (op == "="), text)

    def _text(self, fact: FactDef, side: exp.Expr, other: exp.Expr, op: Op, text: str) -> Bool:  # noqa: PLR0917
        if op not in ("=", "<>"):
            raise self.context.error(side, "text_order", name=fact.key)
        if not (isinstance(other, exp.Literal) and other.is_string):
            raise self.context.error(other, "text_against_number", name=fact.key)
        among = TextIn(fact, (self._choice(fact, other),), (), text)
        return among if op == "=" else Not(among, text)

    def _choice(self, fact: FactDef, node: exp.Expr) -> str:
        value = self.context.some_text(node)
        if fact.kind is Kind.SET and SEPARATOR in value:
            raise self.context.error(node, "title_separator", name=value)
        if fact.kind is Kind.SET and (meant := title_meant(value, fact)):
            raise self.context.error(
                node, "unknown_title", fact=fact.key, name=value, suggestion=suggested(meant)
            )
        if fact.choices and value not in fact.choices:
            suggestion = suggested(closest(value, fact.choices) or "、".join(fact.choices[:8]))
            code = "unknown_title" if fact.kind is Kind.SET else "unknown_choice"
            raise self.context.error(node, code, fact=fact.key, name=value, suggestion=suggestion)
        return value

    def _growth(self, side: exp.Expr, other: exp.Expr, op: Op, text: str) -> Growth:
        if len(side.expressions) not in (2, 3):
            raise self.context.error(side, "arguments", name="GROWTH", form=FUNCTIONS["GROWTH"])
        first, length, which = (*side.expressions, None)[:3]
        fact = self.context.fact(first, kind=Kind.NUMBER)
        when = self.context.period_selector(side, fact, self.numbers.period_kind(length, "GROWTH"), which)
        rate = self.numbers.read(other)
        if not isinstance(rate, Constant):
            raise self.context.error(side, "growth_place")
        if rate.unit is None and abs(rate.value) >= 1:
            raise self.numbers.percent_error(other, rate.value)
        if rate.unit is not None and rate.unit.dims:
            raise self.context.error(other, "unit_mismatch", left="%", right=rate.unit.name)
        return Growth(op, fact, when, Fraction(rate.value), text)

    def _between(self, node: exp.Between) -> Bool:
        low, high, this = node.args["low"], node.args["high"], node.this
        parts = []
        for kind, op, edge in ((exp.GTE, ">=", low), (exp.LTE, "<=", high)):
            part = self._compare(kind(this=this.copy(), expression=edge.copy()), _OPS[kind])
            if not isinstance(part, Leaf):
                raise self.context.error(node, "construct")
            text = f"{self.context.tree.text_of(this)} {op} {self.context.tree.text_of(edge)}"
            parts.append(replace(part, text=text))
        first, second = parts
        if isinstance(first, Compare) and isinstance(second, Compare):
            self._check_order(node, first, second)
        return And((first, second), self.context.tree.text_of(node))

    def _check_order(self, node: exp.Between, low: Compare, high: Compare) -> None:
        if (
            isinstance(low.right, Constant)
            and isinstance(high.right, Constant)
            and low.right.value > high.right.value
        ):
            edges = [self.context.tree.text_of(node.args[edge]) for edge in ("low", "high")]
            raise self.context.error(node, "between_reversed", low=edges[0], high=edges[1])

    def _in(self, node: exp.In) -> Bool:
        if node.args.get("query") or node.args.get("unnest"):
            raise self.context.error(node, "query")
        items = node.expressions
        if not items:
            raise self.context.error(node, "empty_list")
        for item in items:
            if isinstance(item, exp.Null):
                raise self.context.error(node, "null")
        text = self.context.tree.text_of(node)
        name = self.context.name(node.this)
        fact = self.context.scope.catalogue.find(name) if name else None
        if fact is not None and fact.kind is Kind.SET:
            raise self.context.error(node, "set_compared", name=fact.key)
        if fact is not None and fact.kind is Kind.TEXT:
            return TextIn(fact, tuple(sorted({self._item(fact, item) for item in items})), (), text)
        return Or(tuple(self._equal(node, item) for item in items), text)

    def _item(self, fact: FactDef, item: exp.Expr) -> str:
        if not isinstance(item, exp.Literal):
            raise self.context.error(item, "list_value")
        if not item.is_string:
            raise self.context.error(item, "text_against_number", name=fact.key)
        return self._choice(fact, item)

    def _equal(self, node: exp.In, item: exp.Expr) -> Bool:
        inner = item.this if isinstance(item, exp.Neg) else item
        if not isinstance(inner, exp.Literal) and self.context.call(inner) != "QUANTITY":
            raise self.context.error(item, "list_value")
        text = f"{self.context.tree.text_of(node.this)} = {self.context.tree.text_of(item)}"
        return self._numeric(exp.EQ(this=node.this.copy(), expression=item.copy()), "=", text)

    def _like(self, node: exp.Like) -> Bool:
        pattern = self.context.text(node.expression)
        prefix = pattern.removesuffix("%").strip()
        if not prefix or prefix == pattern or "%" in prefix or "_" in prefix:
            raise self.context.error(node.expression, "like", found=pattern)
        fact = self._textual(node.this)
        return TextIn(fact, (), (self._beginning(fact, prefix, node),), self.context.tree.text_of(node))

    def _textual(self, node: exp.Expr) -> FactDef:
        fact = self.context.fact(node)
        if fact.kind is Kind.SET:
            raise self.context.error(node, "set_compared", name=fact.key)
        if fact.kind is not Kind.TEXT:
            raise self.context.error(node, "arguments", name="STARTS", form=FUNCTIONS["STARTS"])
        return fact

    def _starts(self, node: exp.Expr, call: str) -> TextIn:
        if len(node.expressions) < 2:  # noqa: PLR2004 - the fact and a beginning
            raise self.context.error(node, "arguments", name=call, form=FUNCTIONS[call])
        fact = self._textual(node.expressions[0])
        prefixes = {self._beginning(fact, self.context.some_text(arg), arg) for arg in node.expressions[1:]}
        return TextIn(fact, (), tuple(sorted(prefixes)), self.context.tree.text_of(node))

    def _beginning(self, fact: FactDef, prefix: str, node: exp.Expr) -> str:
        """The beginning of a text. Of an area the whole code may be written; one that no choice has is refused."""
        if fact.english == AREA_CODE:
            code = area_prefix(prefix)
            if code is None:
                raise self.context.error(node, "not_an_area", found=prefix[:24])
            return code
        if fact.choices and not any(choice.startswith(prefix) for choice in fact.choices):
            near = suggested(closest(prefix, fact.choices) or "、".join(fact.choices[:8]))
            raise self.context.error(node, "unknown_choice", fact=fact.key, name=prefix, suggestion=near)
        return prefix

    def _has_titles(self, node: exp.Expr, call: str) -> HasTitles:
        args = list(node.expressions)
        named = bool(args) and self.context.name(args[0]) is not None
        fact = self.context.fact(args.pop(0)) if named else self.context.scope.catalogue.titles()
        if fact is None or not args or (call == "HAS" and len(args) != 1):
            raise self.context.error(node, "arguments", name=call, form=FUNCTIONS[call])
        if fact.kind is not Kind.SET:
            raise self.context.error(node, "not_a_set", name=fact.key)
        titles = tuple(sorted({self._choice(fact, arg) for arg in args}))
        return HasTitles("ALL" if call == "ALL_OF" else "ANY", fact, titles, self.context.tree.text_of(node))

    def _is_known(self, node: exp.Expr, call: str) -> IsKnown:
        if len(node.expressions) != 1:
            raise self.context.error(node, "arguments", name=call, form=FUNCTIONS[call])
        (arg,) = node.expressions
        text = self.context.tree.text_of(node)
        if self.context.name(arg) is not None:
            fact = self.context.fact(arg)
            when = self.context.default_period(arg, fact) if fact.kind is Kind.NUMBER else PeriodSelector()
            return IsKnown(fact, when, text)
        value = self.numbers.read(arg)
        if not isinstance(value, FactValue):
            raise self.context.error(node, "arguments", name=call, form=FUNCTIONS[call])
        return IsKnown(value.fact, value.when, text)

    def _meets_policy(self, node: exp.Expr, call: str) -> MeetsPolicy:
        if len(node.expressions) != 1:
            raise self.context.error(node, "arguments", name=call, form=FUNCTIONS[call])
        code = self.context.text(node.expressions[0])
        codes = self.context.scope.codes
        if codes is not None and code not in codes:
            raise self.context.error(
                node, "unknown_policy", name=code, suggestion=suggested(closest(code, codes))
            )
        self.context.references.append((code, self.context.tree.offset_of(node)))
        return MeetsPolicy(code, self.context.tree.text_of(node))
