"""ZEN (GoRules): one graph with each distinct clause once, firm by firm. It has no unknown: a rail for true and one for false."""

import json
from itertools import pairwise
from time import perf_counter
from typing import Any

import polars as pl
import zen
from sqlglot import exp

from bench.policies.forms import (
    CHOICES,
    COMPARED,
    COUNTED,
    KINDS,
    Node,
    columns,
    condition,
    distinct,
    number_of_days,
    parsed,
    rails,
    shifted_day,
    text_of,
    tiers,
)
from bench.policies.task import Answer, Ready, Task
from bench.policies.workload import Rule


def _number(node: Node) -> str:
    if isinstance(node, exp.Column):
        return node.name
    if isinstance(node, exp.Literal | exp.Neg):
        return node.sql()
    if isinstance(node, exp.Least | exp.Greatest):
        parts = ", ".join(_number(part) for part in [node.this, *node.expressions])
        return f"{'min' if isinstance(node, exp.Least) else 'max'}([{parts}])"
    if isinstance(node, exp.Case):
        code = _number(node.args["default"])
        for when, then in reversed(tiers(node)):
            code = f"({_number(when.left)} {COMPARED[type(when)]} {_number(when.right)} ? {_number(then)} : {code})"
        return code
    return f"({_number(node.left)} {COUNTED[type(node)]} {_number(node.right)})"


def _truth(leaf: Node) -> str:
    name = columns(leaf)[0]
    if KINDS[name] == "FLAG":
        return name
    if isinstance(leaf, exp.Like):
        return f"startsWith({name}, '{leaf.expression.name.rstrip('%')}')"
    if isinstance(leaf, exp.In):
        return f"{name} in [{', '.join(repr(v.name) for v in leaf.expressions)}]"
    if isinstance(leaf, exp.Between):
        low, high = leaf.args["low"], leaf.args["high"]
        ends = (
            (number_of_days(text_of(low)), number_of_days(text_of(high)))
            if KINDS[name] == "DATE"
            else (low.sql(), high.sql())
        )
        return f"{name} >= {ends[0]} and {name} <= {ends[1]}"
    sign = COMPARED[type(leaf)]
    if KINDS[name] == "DATE":
        _, sign, day = shifted_day(leaf.left, sign, text_of(leaf.right))
        return f"{name} {sign} {number_of_days(day)}"
    right = repr(leaf.right.name) if KINDS[name] == "TEXT" else _number(leaf.right)
    return f"{_number(leaf.left)} {sign} {right}"


def _known(names: list[str]) -> str:
    return " and ".join(f"{name} != null" for name in names) or "true"


def graph(rules: list[Rule]) -> str:
    """The decision graph: facts -> clauses on two rails -> policies with amounts."""
    leaves = distinct(rules)
    names = {text: f"c{i}" for i, text in enumerate(leaves)}
    clauses: list[dict] = []
    policies: list[dict] = []

    def put(into: list, key: str, value: str) -> None:
        into.append({"id": f"{key}", "key": key, "value": value})

    for text, leaf in leaves.items():
        put(clauses, f"{names[text]}_yes", f"{_known(columns(leaf))} and ({_truth(leaf)})")
        put(clauses, f"{names[text]}_no", f"{_known(columns(leaf))} and not ({_truth(leaf)})")
    for i, rule in enumerate(rules):
        yes, no = rails(
            condition(rule),
            lambda n: (f"{names[n.sql()]}_yes", f"{names[n.sql()]}_no"),
            both="and",
            either="or",
        )
        amount = parsed(rule.amount)
        put(policies, f"m{i}", f"{yes} ? 2 : ({no} ? 0 : 1)")
        put(policies, f"a{i}", f"$.m{i} == 2 and {_known(columns(amount))} ? {_number(amount)} : null")
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {
            "id": "clauses",
            "type": "expressionNode",
            "name": "clauses",
            "content": {"expressions": clauses, "passThrough": True},
        },
        {
            "id": "policies",
            "type": "expressionNode",
            "name": "policies",
            "content": {"expressions": policies},
        },
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    chain = ["in", "clauses", "policies", "out"]
    edges = [
        {"id": f"e{i}", "type": "edge", "sourceId": a, "targetId": b}
        for i, (a, b) in enumerate(pairwise(chain))
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def rows(frame: pl.DataFrame) -> list[dict]:
    """Firms as it takes them; dates as days."""
    dates = [pl.col(name).to_physical() for name, kind in KINDS.items() if kind == "DATE"]
    texts = [pl.col(name).cast(pl.String) for name in CHOICES if CHOICES[name]]
    return frame.select("id", *KINDS).with_columns(*dates, *texts).to_dicts()


def each(task: Task) -> Ready:
    """One call a firm: meant for a sample."""
    sample = rows(pl.read_parquet(task.firms))
    decision = zen.ZenEngine().create_decision(graph(list(task.rules)))

    taken: list[float] = []

    def run() -> list[dict]:
        began = perf_counter()
        decided = [decision.evaluate(firm)["result"] for firm in sample]
        taken.append((perf_counter() - began) / len(sample))
        return decided

    def answers(outcome: Any) -> list[Answer]:
        results = []
        for i in range(len(task.rules)):
            met = [firm.get(f"a{i}") for firm in outcome if firm[f"m{i}"] == 2]
            sums = sum(amount for amount in met if amount is not None)
            results.append(
                (len(met), sum(firm[f"m{i}"] == 1 for firm in outcome), float(sums), met.count(None))
            )
        return results

    return Ready(run=run, answers=answers, note="a sample, scaled", figures=lambda _: {"firm": min(taken)})


CONTENDERS = {"zen": each}
