"""The facts a rule names (所用数据), and the titles it asks for."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from gongjian.engines.policy.facts.catalogue import FactDef
from gongjian.engines.policy.language.nodes import HasTitles
from gongjian.engines.policy.rules.policy import Policy


def facts_used(policy: Policy) -> list[FactDef]:
    """Every fact that the clauses and the benefit name, each once, in reading order."""
    facts = (part for expression in policy.expressions for part in _walk(expression))
    return list({fact.key: fact for fact in facts if isinstance(fact, FactDef)}.values())


def titles_asked(policies: Iterable[Policy]) -> dict[str, str]:
    """Every title that policies ask for, with the fact it is a title of."""
    parts = (part for p in policies for expression in p.expressions for part in _walk(expression))
    return {title: part.fact.key for part in parts if isinstance(part, HasTitles) for title in part.titles}


def _walk(node: object) -> Iterator[object]:
    """An expression and everything in it."""
    if isinstance(node, tuple):
        for part in node:
            yield from _walk(part)
    elif is_dataclass(node):
        yield node
        for each in () if isinstance(node, FactDef) else fields(node):
            yield from _walk(getattr(node, each.name))
