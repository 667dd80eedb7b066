"""The words of a rule as a tree, and its two rails: surely true, surely false. What every generated contender shares."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp

from bench.policies.workload import Rule, attributes

Node = Any
"""A tree of sqlglot, of whatever kind."""
KINDS = {attribute.english: attribute.kind for attribute in attributes()}
CHOICES = {attribute.english: attribute.choices for attribute in attributes()}


@cache
def parsed(text: str) -> Node:
    """The tree of a condition or an amount, brackets taken away."""
    tree = sqlglot.parse_one(text, dialect="duckdb")
    return tree.transform(lambda node: node.this.unnest() if isinstance(node, exp.Paren) else node)


def columns(node: Node) -> list[str]:
    """Attributes it reads."""
    return sorted({column.name for column in node.find_all(exp.Column)})


def is_leaf(node: Node) -> bool:
    """Whether it is one elementary condition."""
    return not isinstance(node, exp.And | exp.Or | exp.Not)


def leaves(node: Node) -> list[Node]:
    """Elementary conditions in order."""
    if is_leaf(node):
        return [node]
    if isinstance(node, exp.Not):
        return leaves(node.this)
    return leaves(node.left) + leaves(node.right)


def condition(rule: Rule) -> Node:
    """All clauses of a policy as one tree."""
    trees = [parsed(clause) for clause in rule.clauses]
    whole = trees[0]
    for tree in trees[1:]:
        whole = exp.And(this=whole, expression=tree)
    return whole


def distinct(rules: Iterable[Rule]) -> dict[str, Node]:
    """Text of each different elementary condition -> its tree."""
    return {leaf.sql(): leaf for rule in rules for leaf in leaves(condition(rule))}


def rails(node: Node, leaf: Callable[[Node], tuple[str, str]], *, both: str, either: str) -> tuple[str, str]:
    """(surely true, surely false) as text in a language whose AND is `both` and whose OR is `either`."""
    if is_leaf(node):
        return leaf(node)
    if isinstance(node, exp.Not):
        yes, no = rails(node.this, leaf, both=both, either=either)
        return no, yes
    left = rails(node.left, leaf, both=both, either=either)
    right = rails(node.right, leaf, both=both, either=either)
    yes, no = (both, either) if isinstance(node, exp.And) else (either, both)
    return f"({left[0]} {yes} {right[0]})", f"({left[1]} {no} {right[1]})"


COMPARED: dict[type, str] = {
    exp.GTE: ">=",
    exp.GT: ">",
    exp.LTE: "<=",
    exp.LT: "<",
    exp.EQ: "==",
    exp.NEQ: "!=",
}
COUNTED: dict[type, str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}


def months_of(interval: exp.Interval) -> int:
    """Length of an interval of years or months."""
    return int(interval.this.name) * (12 if interval.unit.name.upper().startswith("YEAR") else 1)


def shifted(node: Node) -> tuple[str, int] | None:
    """(column, months) of `column + INTERVAL n YEAR`; None if it is something else."""
    if isinstance(node, exp.Add) and isinstance(node.expression, exp.Interval):
        return node.left.name, months_of(node.expression)
    return None


def text_of(node: Node) -> str:
    """A constant of a text or a date, without quotes."""
    return node.this.name if isinstance(node, exp.Cast | exp.DateStrToDate) else node.name


def tiers(node: exp.Case) -> list[tuple[Node, Node]]:
    """(condition, amount) of each step of a CASE."""
    return [(step.this, step.args["true"]) for step in node.args["ifs"]]


def number_of_days(day: str) -> int:
    """Days since 1970, as tables keep dates."""
    return (date.fromisoformat(day) - date(1970, 1, 1)).days


def _moved(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shifted_day(column: Node, sign: str, day: str) -> tuple[str, str, str]:
    """`column + INTERVAL` against a day as the column itself against another: (column, sign, day)."""
    shift = shifted(column)
    if shift is None:
        return column.name, sign, day
    name, months = shift
    wanted = date.fromisoformat(day)
    guess = _moved(wanted, -months) - timedelta(days=5)
    while not (_moved(guess, months) >= wanted if sign in (">=", "<") else _moved(guess, months) > wanted):
        guess += timedelta(days=1)
    return name, ">=" if sign in (">=", ">") else "<", str(guess)
