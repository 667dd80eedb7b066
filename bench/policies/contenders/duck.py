"""DuckDB: one query a policy, as written down; and its best SQL, clauses computed once in a subquery, texts as ENUM."""

from functools import partial
from statistics import median
from time import perf_counter

import duckdb

from bench.policies.forms import KINDS, columns, condition, distinct, is_leaf, parsed
from bench.policies.task import Answer, Ready, Task
from bench.policies.workload import Rule

EDGE = 1e-5  # of a cent


def _load(task: Task, *, texts: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    source = f"read_parquet('{task.firms}')"
    coded = [name for name, kind in KINDS.items() if kind == "TEXT"] if texts == "ENUM" else []
    for name in coded:
        connection.execute(
            f"CREATE TYPE kind_{name} AS ENUM (SELECT DISTINCT {name} FROM {source} WHERE {name} IS NOT NULL)"
        )
    casts = ", ".join(f"CAST({name} AS kind_{name}) AS {name}" for name in coded)
    replaced = f"* REPLACE ({casts})" if casts else "*"
    connection.execute(f"CREATE TABLE firms AS SELECT {replaced} FROM {source}")
    return connection


def strict(rule: Rule) -> str:
    """The amount, unknown as soon as one of its facts is: LEAST, GREATEST and CASE would hide it."""
    known = " AND ".join(f"{name} IS NOT NULL" for name in columns(parsed(rule.amount))) or "TRUE"
    return f"CASE WHEN {known} THEN CAST({rule.amount} AS DOUBLE) END"


def _counts(meets: str, amount: str) -> str:
    return (
        f"count_if({meets}), count_if(({meets}) IS NULL), coalesce(sum(CASE WHEN {meets} THEN {amount} END), 0), "
        f"count_if(({meets}) AND ({amount}) IS NULL)"
    )


def _whole(rule: Rule) -> str:
    return " AND ".join(f"({clause})" for clause in rule.clauses)


def each(task: Task) -> Ready:
    """One query a policy."""
    connection = _load(task, texts="VARCHAR")
    queries = [
        f"SELECT {_counts('m', 'a')} FROM (SELECT {_whole(rule)} AS m, {strict(rule)} AS a FROM firms)"
        for rule in task.rules
    ]

    taken: list[float] = []

    def run_one(query: str) -> Answer:
        began = perf_counter()
        (row,) = connection.execute(query).fetchall()
        taken.append(perf_counter() - began)
        return row

    def run() -> list[Answer]:
        return [run_one(query) for query in queries]

    return Ready(run=run, answers=list, figures=lambda _: {"policy": median(taken)})


def cents(amount: str) -> str:
    """An amount as it is paid: to the cent, half a cent up; the last digits of a double do not decide."""
    return f"floor(({amount}) * 100 + 0.5 + {EDGE}) / 100"


def reference(task: Task) -> Ready:
    """What all must equal: a query a policy, its sum as the rules give it and, as a second list, of amounts paid to the cent."""
    connection = _load(task, texts="VARCHAR")

    def run_one(rule: Rule) -> tuple:
        columns_sql = f"{_counts('m', 'a')}, coalesce(sum(CASE WHEN m THEN {cents('a')} END), 0)"
        query = f"SELECT {columns_sql} FROM (SELECT {_whole(rule)} AS m, {strict(rule)} AS a FROM firms)"
        return connection.execute(query).fetchone() or ()

    def answers(rows: list[tuple]) -> list[Answer]:
        return [row[:4] for row in rows] + [(row[0], row[1], row[4], row[3]) for row in rows]

    return Ready(run=lambda: [run_one(rule) for rule in task.rules], answers=answers)


def _over(node, names: dict[str, str]) -> str:
    if is_leaf(node):
        return names[node.sql()]
    if node.key == "not":
        return f"(NOT {_over(node.this, names)})"
    return f"({_over(node.left, names)} {node.key.upper()} {_over(node.right, names)})"


def nested(task: Task, *, batch: int = 200) -> Ready:
    """All policies of a batch in one query over a subquery that holds each distinct clause once."""
    connection = _load(task, texts="ENUM")
    queries = []
    for start in range(0, len(task.rules), batch):
        part = task.rules[start : start + batch]
        leaves_by_text = distinct(part)
        names = {text: f"c{number}" for number, text in enumerate(leaves_by_text)}
        clauses = ", ".join(
            f"({leaf.sql('duckdb')}) AS {names[text]}" for text, leaf in leaves_by_text.items()
        )
        wanted = ", ".join(_counts(_over(condition(rule), names), strict(rule)) for rule in part)
        queries.append(f"SELECT {wanted} FROM (SELECT *, {clauses} FROM firms)")

    def run() -> list[Answer]:
        rows = [connection.execute(query).fetchone() or () for query in queries]
        return [tuple(row[i : i + 4]) for row in rows for i in range(0, len(row), 4)]

    return Ready(run=run, answers=list)


CONTENDERS = {"duckdb": each, "duckdb-reference": reference, "duckdb-nested": partial(nested)}
