"""Named expressions of a rule (定义): read in any order, each once; a circle is refused."""

import yaml
from sqlglot import exp

from gongjian.engines.policy.language.errors import Wrong
from gongjian.engines.policy.language.expressions import Read, read_definition
from gongjian.engines.policy.language.functions import Scope
from gongjian.engines.policy.language.grammar import parse
from gongjian.engines.policy.language.nodes import Bool, Numeric
from gongjian.engines.policy.rules.yaml_positions import Marks, Node

Definitions = dict[str, Bool | Numeric]


def read_definitions(
    marks: Marks, node: Node, scope: Scope
) -> tuple[Definitions, list[tuple[Node, Read[Bool | Numeric]]]]:
    """Name -> expression, and what each asks of other policies. Faults go to `marks`."""
    fields = marks.mapping(node, None, name="define")
    known: Definitions = {}
    reads: list[tuple[Node, Read[Bool | Numeric]]] = []
    for name in _in_order(marks, fields):
        value = fields[name]
        if scope.catalogue.find(name) is not None:
            marks.fault(value, "defined_twice", name=name)
            continue
        scope.definitions = known
        try:
            read = read_definition(value.value, scope=scope)
        except Wrong as wrong:
            marks.inside(value, wrong)
            continue
        known[name] = read.value
        reads.append((value, read))
    return known, reads


def _in_order(marks: Marks, fields: dict[str, Node]) -> list[str]:
    """Names such that each comes after those it uses; circles are faults and left out."""
    uses = {name: _uses(node, fields) for name, node in fields.items()}
    done: list[str] = []
    told: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> bool:
        if name in done:
            return True
        if name in path:
            circle = path[path.index(name) :]
            if not told & set(circle):
                last = circle[-1]
                line, column = marks.place(fields[last], uses[last][name])
                marks.at(line, column, "cycle", path=" → ".join([*circle, name]))
            told.update(circle)
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
    """Which of the other definitions a text names, and where."""
    if not isinstance(node, yaml.ScalarNode):
        return {}
    try:
        tree = parse(node.value)
    except Wrong:
        return {}
    return {c.name: tree.at(c) for c in tree.root.find_all(exp.Column) if c.name in fields}
