"""Rules as numpy text: what a person writes in a formula of OpenFisca. Three-valued by two rails, known or not beside each value."""

from sqlglot import exp

from bench.policies.forms import (
    CHOICES,
    COMPARED,
    COUNTED,
    KINDS,
    Node,
    columns,
    number_of_days,
    shifted_day,
    text_of,
    tiers,
)


def number(node: Node) -> str:
    """A formula over columns `n["name"]`."""
    if isinstance(node, exp.Column):
        return f"n('{node.name}')"
    if isinstance(node, exp.Literal | exp.Neg):
        return node.sql()
    if isinstance(node, exp.Least | exp.Greatest):
        word = "minimum" if isinstance(node, exp.Least) else "maximum"
        code = number(node.this)
        for other in node.expressions:
            code = f"np.{word}({code}, {number(other)})"
        return code
    if isinstance(node, exp.Case):
        code = number(node.args["default"])
        for when, then in reversed(tiers(node)):
            sign = COMPARED[type(when)]
            code = f"np.where({number(when.left)} {sign} {number(when.right)}, {number(then)}, {code})"
        return code
    return f"({number(node.left)} {COUNTED[type(node)]} {number(node.right)})"


def truth(leaf: Node) -> str:
    """Whether an elementary condition holds where all its facts are known."""
    name = columns(leaf)[0]
    if KINDS[name] == "FLAG":
        return f"n('{name}')"
    if KINDS[name] == "TEXT":
        return _text(leaf, name)
    if isinstance(leaf, exp.Between):
        low, high = leaf.args["low"], leaf.args["high"]
        if KINDS[name] == "DATE":
            low, high = (number_of_days(text_of(node)) for node in (low, high))
        return f"((n('{name}') >= {low}) & (n('{name}') <= {high}))"
    if KINDS[name] == "DATE":
        _, sign, day = shifted_day(leaf.left, COMPARED[type(leaf)], text_of(leaf.right))
        return f"(n('{name}') {sign} {number_of_days(day)})"
    return f"({number(leaf.left)} {COMPARED[type(leaf)]} {number(leaf.right)})"


def _text(leaf: Node, name: str) -> str:
    if isinstance(leaf, exp.Like):
        prefix = leaf.expression.name.rstrip("%")
        codes = [i for i, choice in enumerate(CHOICES[name]) if choice.startswith(prefix)]
    else:
        values = [v.name for v in (leaf.expressions if isinstance(leaf, exp.In) else [leaf.right])]
        codes = [CHOICES[name].index(value) for value in values]
    code = f"np.isin(n('{name}'), {codes})" if len(codes) > 1 else f"(n('{name}') == {codes[0]})"
    return f"~{code}" if isinstance(leaf, exp.NEQ) else code


def known(names: list[str]) -> str:
    """Whether all the facts are known."""
    return " & ".join(f"k('{name}')" for name in names) or "True"
