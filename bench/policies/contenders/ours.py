"""Ours: the same rules as files of the product, read, tied to the day and matched over columns."""

from datetime import date
from random import Random
from statistics import median
from time import perf_counter

import polars as pl
import yaml

from bench.policies.task import VARIANTS, Answer, Ready, Task
from bench.policies.workload import FACTS, SEED, Rule
from gongjian.engines.policy import Catalogue, Plan, Policy, Table, compile_policies, read_policy

AS_OF = date(2025, 12, 31)
CHUNK = 250_000
ASKED = 400


def rule_file(rule: Rule) -> str:
    """A policy as the text of its file."""
    clauses = [{"key": f"c{n}", "name": f"条件{n}", "condition": text} for n, text in enumerate(rule.clauses)]
    head = {"code": rule.code, "name": rule.name, "document": "虚构", "issuer": "虚构", "source": "虚构"}
    terms = {"level": "CITY", "in_force_from": "2025-01-01", "delivery": "AUTOMATIC", "period": "current"}
    benefit = {"parts": [{"name": "奖励", "amount": rule.amount}], "combine": "SUM", "unit": "元"}
    document = head | terms | {"clauses": clauses, "benefit": benefit}
    return "confirmed: true\n" + yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


def policies(rules: list[Rule]) -> list[Policy]:
    """The rules as policies."""
    catalogue = Catalogue.load(FACTS)
    return [read_policy(rule_file(rule), catalogue=catalogue, name=rule.code) for rule in rules]


def _table(frame: pl.DataFrame, plan: Plan) -> Table:
    return Table.from_frame(frame.drop("id"), catalogue=Catalogue.load(FACTS), wanted=plan.columns)


def _answers(outcome) -> list[Answer]:
    return [(c.meets, c.unknown, float(c.certain), c.open_amounts) for c in outcome.counts()]


def _added(a: Answer, b: Answer) -> Answer:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]


def _timed(work, arguments) -> float:
    taken = []
    for argument in arguments:
        began = perf_counter()
        work(argument)
        taken.append(perf_counter() - began)
    return median(taken)


def match(task: Task) -> Ready:
    """The whole table at once; afterwards one firm explained, one firm changed, one policy changed."""
    plan = compile_policies(policies(list(task.rules)), as_of=AS_OF)
    began = perf_counter()
    frame = pl.read_parquet(task.firms)
    table = _table(frame, plan)
    read = perf_counter() - began

    def figures(outcome) -> dict[str, float]:
        dice = Random(SEED)
        rows = [dice.randrange(frame.height) for _ in range(ASKED)]
        facts = [{k: v for k, v in frame.row(row, named=True).items() if k != "id"} for row in rows]
        plan.explain(facts[0])
        changed = [
            (row, {"revenue": float(dice.randrange(40000)), "above_size": dice.random() < 0.5})
            for row in rows
        ]
        outcome.refresh_firm(*changed[0])
        versions = policies(VARIANTS["individual"].rules()[:20])
        return {
            "read": read,
            "explain": _timed(plan.explain, facts),
            "firm": _timed(lambda change: outcome.refresh_firm(*change), changed),
            "policy": _timed(outcome.refresh_policy, versions),
        }

    return Ready(run=lambda: plan.match(table), answers=_answers, figures=figures)


def chunks(task: Task) -> Ready:
    """Files of rows, one after the other: each read, matched and let go."""
    plan = compile_policies(policies(list(task.rules)), as_of=AS_OF)
    paths = sorted(task.folder.glob("chunk-*.parquet"))[: task.size // CHUNK]

    def run() -> list[Answer]:
        totals: list[Answer] = [(0, 0, 0.0, 0)] * len(task.rules)
        for path in paths:
            outcome = plan.match(_table(pl.read_parquet(path), plan))
            totals = [_added(a, b) for a, b in zip(totals, _answers(outcome), strict=True)]
        return totals

    return Ready(run=run, answers=list)


CONTENDERS = {"ours": match, "ours-chunks": chunks}
