"""A policy as one SELECT over a table of firms (政策转 SQL), for data beyond one machine.

Three-valued verdict of every clause and of the policy, certain and possible amount, missing facts. What engines disagree
on does not occur in it: no division but that of whole numbers, no binary fractions, no ROUND, no date arithmetic, no cut
texts; LEAST, GREATEST and CASE only where their inputs are known; no NULL in a list, no IS TRUE.
"""

from collections.abc import Collection, Mapping
from datetime import date

from sqlglot import exp

from gongjian.engines.policy.binding.binder import bind
from gongjian.engines.policy.binding.bound import BoundPolicy
from gongjian.engines.policy.rules.policy import Policy, Verdict
from gongjian.engines.policy.sql.amounts import SqlAmounts
from gongjian.engines.policy.sql.expressions import (
    SEPARATOR,
    Dialect,
    SqlWriter,
    all_of,
    any_of,
    column,
    is_null,
)
from gongjian.engines.policy.sql.missing_facts import SqlMissingFacts

DIALECTS: tuple[Dialect, ...] = ("postgres", "duckdb", "spark", "clickhouse")


def to_sql(
    policy: Policy,
    *,
    dialect: Dialect,
    as_of: date,
    table: str = "firms",
    key: str = "id",
    columns: Collection[str] | None = None,
    others: Mapping[str, Policy] | None = None,
) -> str:
    """One SELECT: key, verdict, `clause:KEY` for each clause, certain, possible (NULL: no bound), missing (`a;b;`).

    The table holds one row a firm; columns are keys of the catalogue, `key@period` where dated: numbers as
    DECIMAL(20, 4) in the unit of the catalogue, flags BOOLEAN, days DATE, titles as text joined by `;`.
    `columns`: those the table has (None: all the policy may ask for); what is not there is unknown.
    Amounts in 元 with two decimals. `others`: the policies it asks by MEETS('...'); raises KeyError when one is not there.
    """
    bound = bind(policy, as_of=as_of, others=others)
    return PolicyQuery(bound, SqlWriter(dialect, columns), key).select(table).sql(dialect=dialect, copy=False)


def missing_names(missing: str) -> tuple[str, ...]:
    """The names in the column `missing` of an answer, sorted."""
    return tuple(sorted(name for name in missing.split(SEPARATOR) if name))


class PolicyQuery:
    """The SELECT of one policy, in nested steps that each name what the next one uses, so that nothing is computed twice."""

    def __init__(self, bound: BoundPolicy, writer: SqlWriter, key: str) -> None:
        self.bound, self.writer, self.key = bound, writer, key
        self.policy = bound.policy
        self.money = SqlAmounts(bound, writer)
        missing = SqlMissingFacts(bound, writer)
        self.missing_flags = (missing.of_clauses(), missing.of_parts())
        self.names = list(dict.fromkeys(name for flags in self.missing_flags for name in flags))

    def select(self, table: str) -> exp.Select:
        """The whole query over a table."""
        clause_columns, test_columns = self._clause_columns(), self._test_columns()
        query = _select([column(self.key), *self._source_columns()], exp.to_table(table))
        steps = (
            ("read", test_columns),
            ("tested", clause_columns),
            ("stated", self._verdict_columns()),
            ("judged", self._amount_columns()),
        )
        for name, columns in steps:
            query = _select(columns, _subquery(query, name))
        return _select(self._result_columns(), _subquery(query, "valued"))

    def _source_columns(self) -> list[exp.Expr]:
        writer = self.writer
        columns = [_aliased(writer.source_sql(source), name) for source, name in writer.sources.items()]
        return columns + [
            _aliased(writer.partly_known_sql(source), name)
            for source, name in writer.partly_known_names.items()
        ]

    def _test_columns(self) -> list[exp.Expr]:
        tests = list(self.writer.tests.items())
        return [exp.Star(), *(_aliased(self.writer.test_sql(test), name) for test, name in tests)]

    def _clause_columns(self) -> list[exp.Expr]:
        """Clauses, conditions of the parts and their formulas."""
        columns: list[exp.Expr] = [exp.Star()]
        columns += [
            _aliased(self.writer.tree(tree), f"c{n}") for n, (_, tree) in enumerate(self.bound.clauses)
        ]
        for n, part in enumerate(self.bound.parts):
            if part.when is not None:
                columns.append(_aliased(self.writer.tree(part.when), f"w{n}"))
            columns.append(_aliased(self.money.amount(part), f"a{n}"))
        return columns

    def _verdict_columns(self) -> list[exp.Expr]:
        """The verdict, the least and the most that the parts pay, and the flags of missing facts."""
        clauses = [column(f"c{n}") for n in range(len(self.bound.clauses))]
        states = [None if p.when is None else column(f"w{n}") for n, p in enumerate(self.bound.parts)]
        parts = [(p.part, states[n], column(f"a{n}")) for n, p in enumerate(self.bound.parts)]
        money = self.money
        columns: list[exp.Expr] = [column(self.key), *clauses, _aliased(all_of(clauses), "v")]
        columns.append(_aliased(money.combined([money.least_paid(*part) for part in parts]), "low"))
        columns.append(_aliased(money.combined([money.most_paid(*part) for part in parts]), "high"))
        for flags, letter in zip(self.missing_flags, "mg", strict=True):
            columns += [_aliased(test, f"{letter}{self.names.index(name)}") for name, test in flags.items()]
        return columns

    def _amount_columns(self) -> list[exp.Expr]:
        certain, possible = (self.money.cents(self.money.bounded(column(edge))) for edge in ("low", "high"))
        nothing = exp.cast(exp.Literal.number(0), "DECIMAL(20, 2)")
        failed = exp.If(this=exp.Not(this=column("v")), true=nothing)
        return [
            exp.Star(),
            _aliased(
                exp.Case(ifs=[exp.If(this=column("v"), true=certain)], default=nothing.copy()), "certain"
            ),
            _aliased(exp.Case(ifs=[failed], default=possible), "possible"),
        ]

    def _result_columns(self) -> list[exp.Expr]:
        clauses = enumerate(self.policy.clauses)
        return [
            column(self.key),
            _aliased(_verdict(column("v")), "verdict"),
            *(_aliased(_verdict(column(f"c{n}")), f"clause:{clause.key}") for n, clause in clauses),
            column("certain"),
            column("possible"),
            _aliased(self._missing(), "missing"),
        ]

    def _missing(self) -> exp.Expr:
        """The names whose flag is set, each followed by the separator; empty for a policy that fails."""
        differ = any_of(
            [is_null(column("possible")), exp.NEQ(this=column("certain"), expression=column("possible"))]
        )
        names: exp.Expr = exp.Literal.string("")
        for n, name in enumerate(self.names):
            tests = [column(f"m{n}")] if name in self.missing_flags[0] else []
            tests += [all_of([column(f"g{n}"), differ.copy()])] if name in self.missing_flags[1] else []
            step = exp.If(this=any_of(tests), true=exp.Literal.string(name + SEPARATOR))
            case = exp.Case(ifs=[step], default=exp.Literal.string(""))
            names = exp.DPipe(this=names, expression=case, safe=True)
        not_failed = any_of([column("v"), is_null(column("v"))])
        return exp.Case(ifs=[exp.If(this=not_failed, true=names)], default=exp.Literal.string(""))


def _verdict(test: exp.Expr) -> exp.Expr:
    steps = [
        exp.If(this=test, true=exp.Literal.string(Verdict.MEETS)),
        exp.If(this=exp.Not(this=test.copy()), true=exp.Literal.string(Verdict.FAILS)),
    ]
    return exp.Case(ifs=steps, default=exp.Literal.string(Verdict.UNKNOWN))


def _select(columns: list[exp.Expr], source: exp.Expr) -> exp.Select:
    """A SELECT built directly, since the builders of sqlglot copy every tree at every step."""
    return exp.Select(expressions=columns, from_=exp.From(this=source))


def _subquery(query: exp.Select, name: str) -> exp.Expr:
    return exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier(name)))


def _aliased(expression: exp.Expr, name: str) -> exp.Expr:
    return exp.Alias(this=expression, alias=exp.to_identifier(name, quoted=True))
