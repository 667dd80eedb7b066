"""Named expressions of a rule (定义), each read once, in order of dependency; a cycle is a fault."""

from collections.abc import Iterator

import yaml
from sqlglot import exp

from gongjian.engines.policy.language.errors import BadExpression
from gongjian.engines.policy.language.expressions import ReadExpression, read_definition
from gongjian.engines.policy.language.extents import extent
from gongjian.engines.policy.language.functions import RuleScope
from gongjian.engines.policy.language.grammar import parse
from gongjian.engines.policy.language.nodes import Bool, Numeric
from gongjian.engines.policy.rules.yaml_positions import Node, RuleText

Definitions = dict[str, Bool | Numeric]


def read_definitions(
    rule_text: RuleText, node: Node, scope: RuleScope
) -> tuple[Definitions, list[tuple[Node, ReadExpression[Bool | Numeric]]]]:
    """Name -> expression, and each expression with the policies it names. Faults are added to `rule_text`.

    What names a definition with a fault is passed over: one fault is told once.
    """
    fields = rule_text.mapping(node, None, name="define")
    known: Definitions = {}
    reads: list[tuple[Node, ReadExpression[Bool | Numeric]]] = []
    uses = {name: _uses(value, fields) for name, value in fields.items()}
    for name in _in_order(rule_text, fields, uses):
        value = fields[name]
        if not uses[name].keys() <= known.keys():
            continue
        scope.definitions = known
        if (read := _read(rule_text, name, value, scope)) is not None:
            known[name] = read.value
            scope.extents[id(read.value)] = extent(read.value, scope.extents, {})
            reads.append((value, read))
    rule_text.broken = frozenset(fields) - known.keys()
    return known, reads


def _read(
    rule_text: RuleText, name: str, value: Node, scope: RuleScope
) -> ReadExpression[Bool | Numeric] | None:
    """The expression of one definition; None after adding its fault."""
    if scope.catalogue.find(name) is not None:
        rule_text.fault(value, "defined_twice", name=name)
    elif not isinstance(value, yaml.ScalarNode):
        rule_text.fault(value, "wants_text", name=name)
    else:
        try:
            return read_definition(value.value, scope=scope)
        except BadExpression as error:
            rule_text.fault_inside(value, error)
    return None


def _in_order(rule_text: RuleText, fields: dict[str, Node], uses: dict[str, dict[str, int]]) -> list[str]:
    """Names in an order in which each comes after those it uses; a circle is a fault and left out."""
    done: dict[str, None] = {}
    reported: set[str] = set()
    for first in fields:
        path: dict[str, Iterator[str]] = {} if first in done else {first: iter(uses[first])}
        while path:
            name, waiting = next(reversed(path.items()))
            used = next((u for u in waiting if u not in done), None)
            if used is None:
                path.popitem()
                done[name] = None
            elif used not in path:
                path[used] = iter(uses[used])
            else:
                circle = [*path][[*path].index(used) :]
                if not reported & set(circle):
                    _report_circle(rule_text, fields, uses, circle)
                reported.update(circle)
                break
    return list(done)


def _report_circle(
    rule_text: RuleText, fields: dict[str, Node], uses: dict[str, dict[str, int]], circle: list[str]
) -> None:
    first, last = circle[0], circle[-1]
    line, column = rule_text.position(fields[last], uses[last][first])
    rule_text.fault_at(line, column, "cycle", path=" → ".join([*circle, first]))


def _uses(node: Node, fields: dict[str, Node]) -> dict[str, int]:
    """The other definitions that a text names, each with its offset."""
    if not isinstance(node, yaml.ScalarNode):
        return {}
    try:
        tree = parse(node.value)
    except BadExpression:
        return {}
    return {c.name: tree.offset_of(c) for c in tree.root.find_all(exp.Column) if c.name in fields}
