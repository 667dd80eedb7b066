"""What if: a threshold turned over all firms of a town and of a city: the page as its reader gets it, and the engine alone.

Firms are invented from the values of the rules' own cases, numbers turned by up to half, an eighth of them missing. The
page is asked through the test client of an instance of its own, which holds the firms' names; their facts lie on the kept
board, as after the first look at any page of policies that day.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from django.utils import timezone

from bench.document import section, write
from bench.tables import ROUNDS, Table

SIZES = (600, 100_000)
MISSING = 0.12
SECOND, OK = 1.0, 200
FACTORS = ("0.8", "0.9", "0.95", "1.05", "1.2")


def _open(home: Path, firms: int) -> Any:
    """An instance with the library and so many firms; a client signed in as its clerk."""
    from bench.bulk import firms_of, open_home

    open_home(home)
    from bench.pages import settled
    from gongjian.invented_city import accounts, places
    from gongjian.invented_city.world import new_world
    from gongjian.people.models import Account
    from gongjian.policies.services import load_library

    world = new_world(size="demo", at=timezone.localtime())
    places.build(world)
    Account.objects.update(must_change_password=False)
    accounts.save_passwords(world)
    firms_of(world, firms)
    load_library(by=None, at=world.at)
    clerk = Account.objects.get(username="clerk")
    return settled(clerk, backend="gongjian.web.session.Backend")


def _texts() -> list[str]:
    from gongjian.policies.models import PolicyVersion

    return list(PolicyVersion.objects.order_by("pk").values_list("text", flat=True))


def _drawn(name: str, values_seen: list[Any], size: int, dice: Random) -> list[Any]:
    """One column: values of the cases, numbers turned by up to half."""
    values: list[Any] = [frozenset(value) if isinstance(value, tuple) else value for value in values_seen]
    column = []
    for _ in range(size):
        value = None if dice.random() < MISSING else dice.choice(values)
        turn = isinstance(value, Decimal) and "行业" not in name
        column.append(round(float(value) * dice.uniform(0.5, 1.5), 2) if turn else value)
    return column


def _about_firms(rules: list[Any]) -> list[Any]:
    from gongjian.policies.verdicts import results_in_memory

    return [rule for rule in results_in_memory.decidable(rules) if results_in_memory.about_firms(rule)]


def _results(size: int, on: date) -> Any:
    """A board of the library's rules over these firms, kept where the page looks for it."""
    import numpy as np

    from gongjian.audit.models import Event
    from gongjian.engines import policy
    from gongjian.enterprises.facts_for_rules.queries import FactsTable
    from gongjian.policies.queries import in_force
    from gongjian.policies.rule_files.checks import read_rule
    from gongjian.policies.verdicts import results_in_memory
    from gongjian.policies.verdicts.answers import Stamp

    versions = in_force(on)
    rules = {version.pk: rule for version in versions if (rule := read_rule(version.text)) is not None}
    plan = policy.compile_policies(_about_firms(list(rules.values())), as_of=on)
    every = policy.compile_policies(_about_firms([read_rule(text) for text in _texts()]), as_of=on)
    cases = [dict(case.facts) for rule in every.policies for case in rule.cases]
    dice = Random(size)
    columns = {}
    for name in every.columns:
        seen = [case[name] for case in cases if case.get(name) is not None]
        columns[name] = _drawn(name, seen, size, dice) if seen else [None] * size
    facts = FactsTable(list(range(1, size + 1)), columns)
    last = Event.objects.filter(subject_kind__in=results_in_memory.SUBJECTS_WATCHED).order_by("-seq").first()
    seq, digest, at = (last.seq, last.digest, last.at) if last else (0, "", None)
    results = results_in_memory.ResultsInMemory(
        Stamp(on, seq, digest, at, size), versions, plan, facts, np.array(facts.pks, dtype=np.int64)
    )
    results.columns = results_in_memory.evaluate_plan(plan, results.table)
    results_in_memory._results[on, tuple(version.pk for version in versions)] = results
    return results


@dataclass(frozen=True)
class Turn:
    """One rule, its address, and versions of it with the first number turned."""

    before: Any
    pages: list[str]
    versions: list[Any]


def _turns() -> list[Turn]:
    """Each rule about firms that has a number to turn, whether in force today or not."""
    from gongjian.policies.models import PolicyVersion
    from gongjian.policies.rule_files.checks import read_rule

    versions = {read_rule(v.text).code: v for v in PolicyVersion.objects.order_by("pk")}
    rules = _about_firms([read_rule(text) for text in _texts()])
    return [turn for rule in rules if (turn := _turn(rule, versions[rule.code])) is not None]


def _turn(rule: Any, version: Any) -> Turn | None:
    """The first number of a rule whose positions are all allowed: an order of numbers turned over is refused by the page."""
    from gongjian.policies.rule_files.checks import read_rule
    from gongjian.policies.what_if.thresholds import find_thresholds, with_thresholds

    for threshold in find_thresholds(version.text):
        values = [threshold.value * Decimal(f) for f in FACTORS[:ROUNDS]]
        versions = [read_rule(with_thresholds(version.text, {threshold.key: value})) for value in values]
        if None not in versions:
            address = f"/policies/{version.policy_id}/what-if/?version={version.pk}"
            return Turn(rule, [f"{address}&{threshold.key}={value}" for value in values], versions)
    return None


def _timed(ask: Callable[[Any], object], moves: list[Any]) -> float:
    """Median seconds of one move of the slider."""
    seconds = []
    for move in moves:
        began = perf_counter()
        ask(move)
        seconds.append(perf_counter() - began)
    return median(seconds)


def _row(name: str, size: int, seconds: dict[str, float]) -> tuple[str, ...]:
    slowest = max(seconds, key=seconds.__getitem__)
    under = "yes" if seconds[slowest] < SECOND else "no"
    slowest_text = f"{seconds[slowest]:.4f} ({slowest})"
    return name, f"{size:,}", str(len(seconds)), f"{median(seconds.values()):.4f}", slowest_text, under


def _rows(size: int) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as home:
        client = _open(Path(home), size)

        from gongjian.engines import policy
        from gongjian.policies.verdicts import results_in_memory

        results = _results(size, timezone.localdate())
        turns = _turns()

        def look(address: str) -> None:
            answer = client.get(address, headers={"HX-Request": "true"})
            if answer.status_code != OK or f"{size} " not in answer.content.decode():
                raise AssertionError(address)

        page = {}
        for turn in turns:
            look(turn.pages[0].partition("&")[0])  # the page is opened before its slider is moved
            page[turn.before.code] = _timed(look, turn.pages)
        what_if, alone = policy.WhatIf(results.table), {}
        for turn in turns:
            ask = partial(
                what_if.compare_versions,
                turn.before,
                plan=results.plan,
                others=results_in_memory.other_rules(results, turn.before),
            )
            alone[turn.before.code] = _timed(ask, turn.versions)
        return [
            _row("page: near misses, amounts, gainers named", size, page),
            _row("engine alone: WhatIf", size, alone),
        ]


def measured(size: int) -> list[tuple[str, ...]]:
    """The rows of one size, in a process of its own."""
    command = [sys.executable, "-m", "bench.what_if", "--run", str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [tuple(row) for row in json.loads(done.stdout.splitlines()[-1])]


def measure() -> Table:
    """Every rule of the library with a number in it, five positions of its first slider."""
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
        [row for size in SIZES for row in measured(size)],
        f"Seconds of one rule: median of {ROUNDS} positions of its first slider, none of them asked for before. The page is measured "
        "from request to answer. Facts are in memory, as the kept board has them; reading them from the database is not counted.",
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(_rows(int(sys.argv[2]))))
    else:
        print(section("what_if", measure()) if "--dry" in sys.argv else write("what_if", measure()))
