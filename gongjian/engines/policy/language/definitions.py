"""Named expressions of a rule (定义), each read once, in order of dependency; a cycle is a fault."""

import yaml
from sqlglot import exp

from gongjian.engines.policy.language.errors import BadExpression
from gongjian.engines.policy.language.expressions import ReadExpression, read_definition
from gongjian.engines.policy.language.functions import RuleScope
from gongjian.engines.policy.language.grammar import parse
from gongjian.engines.policy.language.nodes import Bool, Numeric
from gongjian.engines.policy.rules.yaml_positions import Node, RuleText

LARGEST = 20_000  # parts of a definition with those it names, each counted wherever it is named
Definitions = dict[str, Bool | Numeric]


def read_definitions(
    rule_text: RuleText, node: Node, scope: RuleScope
) -> tuple[Definitions, list[tuple[Node, ReadExpression[Bool | Numeric]]]]:
    """Name -> expression, and each expression with the policies it names. Faults are added to `rule_text`."""
    fields = rule_text.mapping(node, None, name="define")
    known: Definitions = {}
    reads: list[tuple[Node, ReadExpression[Bool | Numeric]]] = []
    sizes: dict[str, int] = {}
    for name in _in_order(rule_text, fields):
        value = fields[name]
        if scope.catalogue.find(name) is not None:
            rule_text.fault(value, "defined_twice", name=name)
            continue
        scope.definitions = known
        sizes[name] = _size(value.value, sizes)
        if sizes[name] > LARGEST:
            rule_text.fault(value, "too_large", found=name)
            continue
        try:
            read = read_definition(value.value, scope=scope)
        except BadExpression as error:
            rule_text.fault_inside(value, error)
            continue
        known[name] = read.value
        reads.append((value, read))
    return known, reads


def _size(text: str, sizes: dict[str, int]) -> int:
    """How many parts an expression has once the definitions it names stand in it, however often."""
    try:
        return sum(sizes.get(part.name, 1) for part in parse(text).root.walk())
    except BadExpression:
        return 0  # the reader says what is wrong with it


def _in_order(rule_text: RuleText, fields: dict[str, Node]) -> list[str]:
    """Names in an order in which each comes after those it uses; a circle is a fault and left out."""
    uses = {name: _uses(node, fields) for name, node in fields.items()}
    done: list[str] = []
    reported: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> bool:
        if name in done:
            return True
        if name in path:
            circle = path[path.index(name) :]
            if not reported & set(circle):
                last = circle[-1]
                line, column = rule_text.position(fields[last], uses[last][name])
                rule_text.fault_at(line, column, "cycle", path=" → ".join([*circle, name]))
            reported.update(circle)
            return False
        for used in uses[name]:
            if not visit(used, (*path, name)):
                return False
        done.append(name)
        return True

    for name in fields:
        visit(name, ())
    return done


def _uses(node: Node, fields: dict[str, Node]) -> dict[str, int]:
    """The other definitions that a text names, each with its offset."""
    if not isinstance(node, yaml.ScalarNode):
        return {}
    try:
        tree = parse(node.value)
    except BadExpression:
        return {}
    return {c.name: tree.offset_of(c) for c in tree.root.find_all(exp.Column) if c.name in fields}
