"""The facts a rule names (所用数据)."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from gongjian.engines.policy.facts.catalogue import FactDef
from gongjian.engines.policy.rules.policy import Policy


def facts_used(policy: Policy) -> list[FactDef]:
    """Every fact that the clauses and the benefit name, each once, in reading order."""
    facts: dict[str, FactDef] = {}
    for clause in policy.clauses:
        facts.update({fact.key: fact for fact in _walk(clause.condition)})
    for part in policy.benefit.parts:
        facts.update({fact.key: fact for fact in _walk(part.amount)})
        facts.update({fact.key: fact for fact in _walk(part.when)})
    return list(facts.values())


def _walk(node: object) -> Iterator[FactDef]:
    if isinstance(node, FactDef):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _walk(part)
    elif is_dataclass(node):
        for each in fields(node):
            yield from _walk(getattr(node, each.name))
