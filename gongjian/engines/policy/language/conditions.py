"""Conditions: comparisons, lists, flags, titles, and AND, OR, NOT over them; every leaf keeps its own words."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from sqlglot import exp

from gongjian.engines.policy.facts.catalogue import FactDef, Kind, closest
from gongjian.engines.policy.language.dates import Days
from gongjian.engines.policy.language.errors import Wrong, suggested
from gongjian.engines.policy.language.functions import FUNCTIONS, Words
from gongjian.engines.policy.language.nodes import (
    FLIPPED,
    Among,
    And,
    Bool,
    Compare,
    FactValue,
    FlagIs,
    Growth,
    Holds,
    Known,
    Leaf,
    Meets,
    Not,
    Number,
    Op,
    Or,
    When,
)
from gongjian.engines.policy.language.numbers import NUMERIC, Numbers
from gongjian.engines.policy.language.unsupported_sql import refuse

_OPS: dict[type[exp.Expr], Op] = {
    exp.GTE: ">=",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.LT: "<",
    exp.EQ: "=",
    exp.NEQ: "<>",
}


class Conditions:
    """Reads the true-or-false half of the language."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.numbers = Numbers(words, self.read)
        self.days = Days(words)

    def read(self, node: exp.Expr) -> Bool:
        """A node as a condition; raises Wrong."""
        if isinstance(node, exp.Paren):
            return self.read(node.this)
        if isinstance(node, exp.And | exp.Or):
            parts = tuple(self.read(part) for part in node.flatten())
            text = self.words.tree.slice(node)
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
            raise self._is(node.this)
        return Not(self.read(node.this), self.words.tree.slice(node))

    def _is(self, node: exp.Is) -> Wrong:
        return self.words.wrong(node, "is_null" if isinstance(node.expression, exp.Null) else "is_truth")

    def _word(self, node: exp.Expr) -> Bool:
        if isinstance(node, exp.In):
            return self._in(node)
        if isinstance(node, exp.Like):
            return self._like(node)
        if isinstance(node, exp.Is):
            raise self._is(node)
        if isinstance(node, exp.Boolean):
            raise self.words.wrong(node, "constant")
        if (name := self.words.name(node)) is not None:
            return self._name(node, name)
        return self._call(node)

    def _name(self, node: exp.Expr, name: str) -> Bool:
        defined = self.words.scope.definitions.get(name)
        if defined is not None:
            if isinstance(defined, NUMERIC):
                raise self.words.wrong(node, "not_a_flag", name=name)
            return defined
        fact = self.words.fact(node)
        if fact.kind is not Kind.FLAG:
            raise self.words.wrong(node, "not_a_flag", name=name)
        return FlagIs(fact, True, self.words.tree.slice(node))  # noqa: FBT003 - the value of the flag

    def _call(self, node: exp.Expr) -> Bool:
        call = self.words.call(node)
        readers: dict[str, Callable[[exp.Expr, str], Bool]] = {
            "HAS": self._holds,
            "ANY_OF": self._holds,
            "ALL_OF": self._holds,
            "STARTS": self._starts,
            "KNOWN": self._known,
            "MEETS": self._meets,
        }
        if call is not None and call in readers:
            return readers[call](node, call)
        raise refuse(self.words, node) or self.words.wrong(node, "not_a_condition")

    def _compare(self, node: exp.Expr, op: Op) -> Bool:
        text = self.words.tree.slice(node)
        for side in (node.this, node.expression):
            if isinstance(side, exp.Null):
                raise self.words.wrong(node, "null")
        for side, other in ((node.this, node.expression), (node.expression, node.this)):
            turned = op if side is node.this else FLIPPED[op]
            if self.words.call(side) == "GROWTH":
                return self._growth(side, other, turned, text)
            if (special := self._special(side, other, turned, text)) is not None:
                return special
        if self.days.is_day(node.this) or self.days.is_day(node.expression):
            return self.days.compare(node, op, text)
        return self._numeric(node, op, text)

    def _numeric(self, node: exp.Expr, op: Op, text: str) -> Compare:
        left, right = self.numbers.read(node.this), self.numbers.read(node.expression)
        if isinstance(left, Number) and isinstance(right, Number):
            raise self.words.wrong(node, "constant")
        left, right = self.numbers.same_kind(node, left, right)
        return Compare(op, left, right, text)

    def _special(self, side: exp.Expr, other: exp.Expr, op: Op, text: str) -> Bool | None:
        """A comparison with a text, a flag or a set; None if the side is none of them."""
        name = self.words.name(side)
        fact = self.words.scope.catalogue.find(name) if name else None
        if fact is None:
            return None
        if fact.kind is Kind.SET:
            raise self.words.wrong(side, "set_compared", name=fact.key)
        if fact.kind is Kind.FLAG:
            return self._flag(fact, other, op, text)
        return self._text(fact, side, other, op, text) if fact.kind is Kind.TEXT else None

    def _flag(self, fact: FactDef, other: exp.Expr, op: Op, text: str) -> Bool:
        if op not in ("=", "<>") or not isinstance(other, exp.Boolean):
            raise self.words.wrong(other, "flag_compared", name=fact.key)
        return FlagIs(fact, bool(other.this) is (op == "="), text)

    def _text(self, fact: FactDef, side: exp.Expr, other: exp.Expr, op: Op, text: str) -> Bool:  # noqa: PLR0917
        if op not in ("=", "<>"):
            raise self.words.wrong(side, "text_order", name=fact.key)
        if not (isinstance(other, exp.Literal) and other.is_string):
            raise self.words.wrong(other, "text_against_number", name=fact.key)
        among = Among(fact, (self._choice(fact, other),), (), text)
        return among if op == "=" else Not(among, text)

    def _choice(self, fact: FactDef, node: exp.Expr) -> str:
        value = self.words.text(node)
        if fact.choices and value not in fact.choices:
            near = suggested(closest(value, fact.choices) or "、".join(fact.choices[:8]))
            code = "unknown_title" if fact.kind is Kind.SET else "unknown_choice"
            raise self.words.wrong(node, code, fact=fact.key, name=value, suggestion=near)
        return value

    def _growth(self, side: exp.Expr, other: exp.Expr, op: Op, text: str) -> Growth:
        if len(side.expressions) not in (2, 3):
            raise self.words.wrong(side, "arguments", name="GROWTH", form=FUNCTIONS["GROWTH"])
        first, length, which = (*side.expressions, None)[:3]
        fact = self.words.fact(first, kind=Kind.NUMBER)
        when = self.words.when(side, fact, self.numbers.period_kind(length, "GROWTH"), which)
        rate = self.numbers.read(other)
        if not isinstance(rate, Number):
            raise self.words.wrong(side, "growth_place")
        if rate.unit is None and abs(rate.value) >= 1:
            raise self.numbers.percent(other, rate.value)
        if rate.unit is not None and rate.unit.dims:
            raise self.words.wrong(other, "unit_mismatch", left="%", right=rate.unit.name)
        return Growth(op, fact, when, Fraction(rate.value), text)

    def _between(self, node: exp.Between) -> Bool:
        low, high, this = node.args["low"], node.args["high"], node.this
        parts = []
        for kind, op, edge in ((exp.GTE, ">=", low), (exp.LTE, "<=", high)):
            part = self._compare(kind(this=this.copy(), expression=edge.copy()), _OPS[kind])
            if not isinstance(part, Leaf):
                raise self.words.wrong(node, "construct")
            words = f"{self.words.tree.slice(this)} {op} {self.words.tree.slice(edge)}"
            parts.append(replace(part, text=words))
        first, second = parts
        if isinstance(first, Compare) and isinstance(second, Compare):
            self._check_order(node, first, second)
        return And((first, second), self.words.tree.slice(node))

    def _check_order(self, node: exp.Between, low: Compare, high: Compare) -> None:
        if (
            isinstance(low.right, Number)
            and isinstance(high.right, Number)
            and low.right.value > high.right.value
        ):
            shown = [self.words.tree.slice(node.args[edge]) for edge in ("low", "high")]
            raise self.words.wrong(node, "between_reversed", low=shown[0], high=shown[1])

    def _in(self, node: exp.In) -> Bool:
        if node.args.get("query") or node.args.get("unnest"):
            raise self.words.wrong(node, "query")
        items = node.expressions
        if not items:
            raise self.words.wrong(node, "empty_list")
        for item in items:
            if isinstance(item, exp.Null):
                raise self.words.wrong(node, "null")
        text = self.words.tree.slice(node)
        name = self.words.name(node.this)
        fact = self.words.scope.catalogue.find(name) if name else None
        if fact is not None and fact.kind is Kind.SET:
            raise self.words.wrong(node, "set_compared", name=fact.key)
        if fact is not None and fact.kind is Kind.TEXT:
            return Among(fact, tuple(sorted({self._item(fact, item) for item in items})), (), text)
        return Or(tuple(self._equal(node, item) for item in items), text)

    def _item(self, fact: FactDef, item: exp.Expr) -> str:
        if not isinstance(item, exp.Literal):
            raise self.words.wrong(item, "list_value")
        if not item.is_string:
            raise self.words.wrong(item, "text_against_number", name=fact.key)
        return self._choice(fact, item)

    def _equal(self, node: exp.In, item: exp.Expr) -> Bool:
        inner = item.this if isinstance(item, exp.Neg) else item
        if not isinstance(inner, exp.Literal) and self.words.call(inner) != "QUANTITY":
            raise self.words.wrong(item, "list_value")
        words = f"{self.words.tree.slice(node.this)} = {self.words.tree.slice(item)}"
        return self._numeric(exp.EQ(this=node.this.copy(), expression=item.copy()), "=", words)

    def _like(self, node: exp.Like) -> Bool:
        pattern = self.words.text(node.expression)
        prefix = pattern.removesuffix("%")
        if not prefix or prefix == pattern or "%" in prefix or "_" in prefix:
            raise self.words.wrong(node.expression, "like", found=pattern)
        return Among(self._textual(node.this), (), (prefix,), self.words.tree.slice(node))

    def _textual(self, node: exp.Expr) -> FactDef:
        fact = self.words.fact(node)
        if fact.kind is Kind.SET:
            raise self.words.wrong(node, "set_compared", name=fact.key)
        if fact.kind is not Kind.TEXT:
            raise self.words.wrong(node, "arguments", name="STARTS", form=FUNCTIONS["STARTS"])
        return fact

    def _starts(self, node: exp.Expr, call: str) -> Among:
        if len(node.expressions) < 2:  # noqa: PLR2004 - the fact and a beginning
            raise self.words.wrong(node, "arguments", name=call, form=FUNCTIONS[call])
        prefixes = sorted({self.words.text(arg) for arg in node.expressions[1:]})
        return Among(self._textual(node.expressions[0]), (), tuple(prefixes), self.words.tree.slice(node))

    def _holds(self, node: exp.Expr, call: str) -> Holds:
        args = list(node.expressions)
        named = bool(args) and self.words.name(args[0]) is not None
        fact = self.words.fact(args.pop(0)) if named else self.words.scope.catalogue.titles()
        if fact is None or not args or (call == "HAS" and len(args) != 1):
            raise self.words.wrong(node, "arguments", name=call, form=FUNCTIONS[call])
        if fact.kind is not Kind.SET:
            raise self.words.wrong(node, "not_a_set", name=fact.key)
        titles = tuple(sorted({self._choice(fact, arg) for arg in args}))
        return Holds("ALL" if call == "ALL_OF" else "ANY", fact, titles, self.words.tree.slice(node))

    def _known(self, node: exp.Expr, call: str) -> Known:
        if len(node.expressions) != 1:
            raise self.words.wrong(node, "arguments", name=call, form=FUNCTIONS[call])
        (arg,) = node.expressions
        text = self.words.tree.slice(node)
        if self.words.name(arg) is not None:
            fact = self.words.fact(arg)
            when = self.words.own_period(arg, fact) if fact.kind is Kind.NUMBER else When()
            return Known(fact, when, text)
        value = self.numbers.read(arg)
        if not isinstance(value, FactValue):
            raise self.words.wrong(node, "arguments", name=call, form=FUNCTIONS[call])
        return Known(value.fact, value.when, text)

    def _meets(self, node: exp.Expr, call: str) -> Meets:
        if len(node.expressions) != 1:
            raise self.words.wrong(node, "arguments", name=call, form=FUNCTIONS[call])
        code = self.words.text(node.expressions[0])
        codes = self.words.scope.codes
        if codes is not None and code not in codes:
            raise self.words.wrong(
                node, "unknown_policy", name=code, suggestion=suggested(closest(code, codes))
            )
        self.words.references.append((code, self.words.tree.at(node)))
        return Meets(code, self.words.tree.slice(node))
