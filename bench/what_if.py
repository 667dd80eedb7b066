"""What if: a threshold turned over all firms of a town and of a city, by the calls the page makes and by the engine alone.

Firms are invented from the values of the rules' own cases, numbers turned by up to half, an eighth of them missing.
"""

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from bench.tables import ROUNDS, Table

SIZES = (600, 100_000)
ON = date(2026, 11, 25)
MISSING = 0.12
SECOND = 1.0
FACTORS = ("0.8", "0.9", "0.95", "1.05", "1.2")


def _open() -> None:
    """The rooms of the product, without any database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings_test")
    import django

    django.setup()


def _texts() -> list[str]:
    from gongjian.policies import engine

    folder = Path(engine.__file__).parents[1] / "library"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))]


def _drawn(name: str, seen: list[Any], size: int, dice: Random) -> list[Any]:
    """One column: values of the cases, numbers turned by up to half."""
    values: list[Any] = [frozenset(value) if isinstance(value, tuple) else value for value in seen]
    made = []
    for _ in range(size):
        value = None if dice.random() < MISSING else dice.choice(values)
        turn = isinstance(value, Decimal) and "行业" not in name
        made.append(round(float(value) * dice.uniform(0.5, 1.5), 2) if turn else value)
    return made


def _board(size: int) -> Any:
    """A board of the library's rules over firms that stand in no database."""
    import numpy as np

    from gongjian.enterprises.known import FactsTable
    from gongjian.policies import boards, engine
    from gongjian.policies.checking import rule_of

    read = [rule for text in _texts() if (rule := rule_of(text)) is not None]
    rules = [rule for rule in boards.readable(read) if boards.about_firms(rule)]
    plan = engine.compile_policies(rules, as_of=ON)
    cases = [dict(case.facts) for rule in rules for case in rule.cases]
    dice = Random(size)
    columns = {}
    for name in plan.columns:
        seen = [case[name] for case in cases if case.get(name) is not None]
        columns[name] = _drawn(name, seen, size, dice) if seen else [None] * size
    facts = FactsTable(list(range(1, size + 1)), columns)
    stamp = boards.Stamp(ON, 0, "", None, size)
    pks = np.array(facts.pks, dtype=np.int64)
    return boards.Board(stamp, [], plan, facts, pks, boards.evaluate(plan, boards.table_of(plan, facts)))


def _turns(found: Any) -> list[tuple[Any, list[Any]]]:
    """Each rule on the board that has a number to turn, with versions of it."""
    from gongjian.policies.checking import rule_of
    from gongjian.policies.knobs import knobs, turned

    made = []
    for text in _texts():
        rule, sliders = rule_of(text), knobs(text)
        if sliders and any(rule is kept for kept in found.plan.policies):
            knob = sliders[0]
            versions = [rule_of(turned(text, {knob.key: knob.value * Decimal(f)})) for f in FACTORS[:ROUNDS]]
            if None not in versions:
                made.append((rule, versions))
    return made


def _timed(ask: Callable[[Any, Any], object], before: Any, versions: list[Any]) -> float:
    """Median seconds of one move of the slider."""
    taken = []
    for after in versions:
        began = perf_counter()
        ask(before, after)
        taken.append(perf_counter() - began)
    return median(taken)


def _row(name: str, size: int, seconds: list[float]) -> tuple[str, ...]:
    slowest = max(seconds)
    under = "yes" if slowest < SECOND else "no"
    return name, f"{size:,}", str(len(seconds)), f"{median(seconds):.4f}", f"{slowest:.4f}", under


def _rows(size: int) -> list[tuple[str, ...]]:
    from gongjian.policies import boards, engine, trials

    found = _board(size)
    turns = _turns(found)
    for before, _versions in turns:
        found.near(before.code)  # as on a page that was looked at before: the version in force is kept
    page = [_timed(lambda b, a: trials.between(found, b, a, ids=None), *turn) for turn in turns]
    what_if = engine.WhatIf(boards.table_of(found.plan, found.facts))

    def alone(before: Any, after: Any) -> object:
        others = boards.others(found, before)
        return what_if.versions(before, after, plan=found.plan, others=others)

    bare = [_timed(alone, *turn) for turn in turns]
    return [_row("page: with near misses and amounts", size, page), _row("engine alone: WhatIf", size, bare)]


def measure() -> Table:
    """Every rule of the library with a number in it, five positions of its first slider."""
    _open()
    return Table(
        "What if: one threshold turned, all firms anew",
        (
            "",
            "firms",
            "rules",
            "seconds, median rule",
            "seconds, slowest rule",
            "every answer under a second",
        ),
        [row for size in SIZES for row in _rows(size)],
        f"Seconds of one rule: median of {ROUNDS} positions of its first slider. Facts are in memory, as the kept board has them; "
        "reading them from the database is not counted.",
    )
