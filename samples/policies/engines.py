"""The same rules and firms in each engine, answers in one form: {(firm, code): Answer}."""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from gongjian.engines.policy import Catalogue, Explanation, Policy, Table, Verdict, compile_policies
from gongjian.engines.policy.sql.expressions import TYPES
from gongjian.engines.policy.sql.select import missing_names, to_sql
from gongjian.engines.policy.tables.amounts import UNBOUNDED

Firm = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What one engine says of one firm and one policy."""

    verdict: str
    clauses: tuple[str, ...]
    certain: Decimal
    possible: Decimal | None
    missing: tuple[str, ...]

    def without_clauses(self) -> "Answer":
        """The same without the verdict of each clause."""
        return replace(self, clauses=())

    def briefly(self) -> "Answer":
        """Verdict and amounts only."""
        return replace(self, clauses=(), missing=())


Answers = dict[tuple[int, str], Answer]


def briefly(explanation: Explanation) -> Answer:
    """An explanation without its clauses, which take ten times as long."""
    return Answer(
        str(explanation.verdict),
        (),
        explanation.certain,
        explanation.possible,
        tuple(sorted(explanation.missing)),
    )


def wholly(explanation: Explanation) -> Answer:
    """An explanation with its clauses."""
    return replace(briefly(explanation), clauses=tuple(str(answer.verdict) for answer in explanation.clauses))


def python(
    policies: Sequence[Policy],
    firms: Sequence[Firm],
    *,
    as_of: date,
    others: Sequence[Policy] = (),
    answer_of: Callable[[Explanation], Answer] = wholly,
) -> Answers:
    """The closures that explain one firm."""
    plan = compile_policies(policies, as_of=as_of, others=others)
    return {
        (number, explanation.policy.code): answer_of(explanation)
        for number, firm in enumerate(firms)
        for explanation in plan.explain(firm)
    }


def columns(
    policies: Sequence[Policy],
    firms: Sequence[Firm],
    names: Mapping[str, str],
    catalogue: Catalogue,
    *,
    as_of: date,
) -> Answers:
    """The whole table at once; it says nothing of clauses and of what is missing."""
    plan = compile_policies(policies, as_of=as_of)
    frame = {name: [firm.get(name) for firm in firms] for name in names}
    outcome = plan.match(Table.from_columns(frame, catalogue=catalogue))
    nothing = Decimal("0.00")
    answers: Answers = {
        (number, policy.code): Answer("FAILS", (), nothing, nothing, ())
        for policy in policies
        for number in range(len(firms))
    }
    for policy in policies:
        for verdict in (Verdict.MEETS, Verdict.UNKNOWN):
            amounts = outcome.amounts(policy, verdict)
            for row, certain, possible in zip(amounts.rows, amounts.certain, amounts.possible, strict=True):
                most = None if possible == UNBOUNDED else Decimal(int(possible)).scaleb(-2)
                answers[int(row), policy.code] = Answer(
                    str(verdict), (), Decimal(int(certain)).scaleb(-2), most, ()
                )
    return answers


def answers_of(code: str, rows: Iterable[Sequence[Any]]) -> Answers:
    """Rows of the SELECT of one policy."""
    answers: Answers = {}
    for number, verdict, *rest in rows:
        *clauses, certain, possible, missing = rest
        bound = None if possible is None else Decimal(str(possible)).quantize(Decimal("0.01"))
        paid = Decimal(str(certain)).quantize(Decimal("0.01"))
        answers[int(number), code] = Answer(verdict, tuple(clauses), paid, bound, missing_names(missing))
    return answers


def cells(number: int, firm: Firm, columns: Mapping[str, str]) -> list[Any]:
    """One row of the table of firms."""
    values = [firm.get(name) for name in columns]
    return [number, *(";".join(v) if isinstance(v, tuple | list | frozenset) else v for v in values)]


def _ddl(columns: Mapping[str, str]) -> str:
    types = {str(kind): sql for kind, sql in TYPES.items()}
    return (
        "CREATE TABLE firms (id INTEGER, " + ", ".join(f'"{n}" {types[k]}' for n, k in columns.items()) + ")"
    )


class DuckDB:
    """In this process."""

    name = "duckdb"

    def __init__(self, columns: Mapping[str, str]) -> None:
        self.columns = columns
        self.connection = duckdb.connect(config={"threads": 1})
        self.connection.execute(_ddl(columns))

    def load(self, firms: Sequence[Firm]) -> None:
        """Replace the table."""
        marks = ", ".join("?" * (len(self.columns) + 1))
        self.connection.execute("DELETE FROM firms")
        rows = [cells(number, firm, self.columns) for number, firm in enumerate(firms)]
        self.connection.executemany(f"INSERT INTO firms VALUES ({marks})", rows)

    def rows(self, query: str) -> list[Any]:
        """The answer to a query."""
        return self.connection.execute(query).fetchall()


class PostgreSQL:
    """A cluster of its own, thrown away at the end."""

    name = "postgres"

    def __init__(self, columns: Mapping[str, str], address: str) -> None:
        import psycopg

        self.columns = columns
        self.connection = psycopg.connect(address, autocommit=True)
        self.connection.execute("SET jit = off")
        self.connection.execute(_ddl(columns).replace("CREATE", "CREATE TEMPORARY", 1).encode())

    def load(self, firms: Sequence[Firm]) -> None:
        """Replace the table."""
        self.connection.execute("TRUNCATE firms")
        with self.connection.cursor().copy("COPY firms FROM STDIN") as copy:
            for number, firm in enumerate(firms):
                copy.write_row(cells(number, firm, self.columns))

    def rows(self, query: str) -> list[Any]:
        """The answer to a query."""
        return list(self.connection.execute(query.encode()).fetchall())

    def close(self) -> None:
        """Let the cluster stop."""
        self.connection.close()


class ClickHouse:
    """chDB: ClickHouse in this process."""

    name = "clickhouse"
    types = {
        "NUMBER": "Nullable(Decimal(20, 4))",
        "FLAG": "Nullable(Bool)",
        "DATE": "Nullable(Date32)",
        "TEXT": "Nullable(String)",
        "SET": "Nullable(String)",
    }

    def __init__(self, columns: Mapping[str, str]) -> None:
        from chdb.session import Session

        self.columns = columns
        self.session = Session()
        ddl = ", ".join(f"`{name}` {self.types[kind]}" for name, kind in columns.items())
        self.session.query("CREATE DATABASE IF NOT EXISTS gongjian; USE gongjian")
        self.session.query(f"CREATE OR REPLACE TABLE gongjian.firms (id Int32, {ddl}) ENGINE = Memory")

    def load(self, firms: Sequence[Firm]) -> None:
        """Replace the table."""
        self.session.query("TRUNCATE TABLE gongjian.firms")
        for start in range(0, len(firms), 500):
            part = enumerate(firms[start : start + 500], start)
            rows = (", ".join(map(self._literal, cells(number, firm, self.columns))) for number, firm in part)
            self.session.query("INSERT INTO gongjian.firms VALUES " + ", ".join(f"({row})" for row in rows))

    @staticmethod
    def _literal(value: Any) -> str:
        if value is None:
            return "NULL"
        return str(value).lower() if isinstance(value, bool | int) else f"'{value}'"

    def rows(self, query: str) -> list[Any]:
        """The answer to a query."""
        lines = str(self.session.query(query, "JSONCompactStringsEachRow")).splitlines()
        return [[None if cell == "ᴺᵁᴸᴸ" else cell for cell in json.loads(line)] for line in lines]

    def close(self) -> None:
        """Let go of the session."""
        self.session.close()


class Spark:
    """Local Spark; needs Java."""

    name = "spark"

    def __init__(self, columns: Mapping[str, str]) -> None:
        from pyspark.sql import SparkSession, types

        self.columns = columns
        self.types = types
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.log.level", "ERROR")
        self.session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()

    def load(self, firms: Sequence[Firm]) -> None:
        """Replace the table."""
        t = self.types
        kinds = {"NUMBER": t.DecimalType(20, 4), "FLAG": t.BooleanType(), "DATE": t.DateType()}
        fields = [t.StructField(name, kinds.get(kind, t.StringType())) for name, kind in self.columns.items()]
        schema = t.StructType([t.StructField("id", t.IntegerType()), *fields])
        rows = [cells(number, firm, self.columns) for number, firm in enumerate(firms)]
        self.session.createDataFrame(rows, schema).cache().createOrReplaceTempView("firms")

    def rows(self, query: str) -> list[Any]:
        """The answer to a query."""
        return [tuple(row) for row in self.session.sql(query).collect()]

    def close(self) -> None:
        """Stop Java."""
        self.session.stop()


def ask(engine: Any, policies: Sequence[Policy], *, as_of: date, others: Sequence[Policy] = ()) -> Answers:
    """Every policy as one query to an engine that is loaded."""
    known = {policy.code: policy for policy in (*others, *policies)}
    table = "gongjian.firms" if engine.name == "clickhouse" else "firms"
    answers: Answers = {}
    for policy in policies:
        columns = set(engine.columns)
        query = to_sql(policy, dialect=engine.name, as_of=as_of, table=table, columns=columns, others=known)
        answers |= answers_of(policy.code, engine.rows(query))
    return answers


def differences(left: Answers, right: Answers) -> list[tuple[Any, Answer | None, Answer | None]]:
    """Pairs on which two engines disagree."""
    return [
        (k, left.get(k), right.get(k))
        for k in sorted(left.keys() | right.keys())
        if left.get(k) != right.get(k)
    ]


def scale(small: int) -> int:
    """How many firms: small in the suite, GONGJIAN_PAIRS times as many on request."""
    return small * int(os.environ.get("GONGJIAN_PAIRS", "1"))
