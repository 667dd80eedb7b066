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
    """The columns of one policy, in nested steps that each name what the next one uses, so that nothing is computed twice.

    `prefix`: of all names that belong to it, when several policies stand in one statement.
    """

    def __init__(self, bound: BoundPolicy, writer: SqlWriter, key: str, *, prefix: str = "") -> None:
        self.bound, self.writer, self.key, self.prefix = bound, writer, key, prefix
        self.policy = bound.policy
        self.money = SqlAmounts(bound, writer)
        missing = SqlMissingFacts(bound, writer, prefix)
        self.missing_flags = (missing.of_clauses(), missing.of_parts())
        self.names = list(dict.fromkeys(name for flags in self.missing_flags for name in flags))

    def _own(self, name: str) -> exp.Expr:
        return column(f"{self.prefix}{name}")

    def _named(self, expression: exp.Expr, name: str) -> exp.Expr:
        return aliased(expression, f"{self.prefix}{name}")

    def select(self, table: str) -> exp.Select:
        """The whole query over a table."""
        clause_columns, test_columns = self.clause_columns(), self.test_columns()
        query = select([column(self.key), *self.source_columns()], exp.to_table(table))
        steps = (
            ("read", [exp.Star(), *test_columns]),
            ("tested", [exp.Star(), *clause_columns]),
            ("stated", [column(self.key), *self.flag_columns(), *self.verdict_columns()]),
            ("judged", [exp.Star(), *self.amount_columns()]),
        )
        for name, columns in steps:
            query = select(columns, subquery(query, name))
        return select(self._result_columns(), subquery(query, "valued"))

    def source_columns(self) -> list[exp.Expr]:
        """The columns of the table, and those computed from others; of all that the writer was asked for."""
        writer = self.writer
        columns = [aliased(writer.source_sql(source), name) for source, name in writer.sources.items()]
        return columns + [
            aliased(writer.partly_known_sql(source), name)
            for source, name in writer.partly_known_names.items()
        ]

    def test_columns(self) -> list[exp.Expr]:
        """The tests; of all that the writer was asked for."""
        tests = list(self.writer.tests.items())
        return [aliased(self.writer.test_sql(test), name) for test, name in tests]

    def clause_columns(self) -> list[exp.Expr]:
        """Clauses, conditions of the parts and their formulas."""
        columns = [
            self._named(self.writer.tree(tree), f"c{n}") for n, (_, tree) in enumerate(self.bound.clauses)
        ]
        for n, part in enumerate(self.bound.parts):
            if part.when is not None:
                columns.append(self._named(self.writer.tree(part.when), f"w{n}"))
            columns.append(self._named(self.money.amount(part), f"a{n}"))
        return columns

    def verdict_columns(self) -> list[exp.Expr]:
        """The verdict, the least and the most that the parts pay."""
        clauses = [self._own(f"c{n}") for n in range(len(self.bound.clauses))]
        states = [None if p.when is None else self._own(f"w{n}") for n, p in enumerate(self.bound.parts)]
        parts = [(p.part, states[n], self._own(f"a{n}")) for n, p in enumerate(self.bound.parts)]
        money = self.money
        return [
            self._named(all_of(clauses), "v"),
            self._named(money.combined([money.least_paid(*part) for part in parts]), "low"),
            self._named(money.combined([money.most_paid(*part) for part in parts]), "high"),
        ]

    def flag_columns(self) -> list[exp.Expr]:
        """The clauses, and for each fact whether a clause or the amount waits for it."""
        columns = [self._own(f"c{n}") for n in range(len(self.bound.clauses))]
        for flags, letter in zip(self.missing_flags, "mg", strict=True):
            columns += [
                self._named(test, f"{letter}{self.names.index(name)}") for name, test in flags.items()
            ]
        return columns

    def amount_columns(self) -> list[exp.Expr]:
        """What the policy certainly pays, and what it may pay."""
        certain, possible = (
            self.money.cents(self.money.bounded(self._own(edge))) for edge in ("low", "high")
        )
        nothing = exp.cast(exp.Literal.number(0), "DECIMAL(20, 2)")
        failed = exp.If(this=exp.Not(this=self._own("v")), true=nothing)
        sure = exp.If(this=self._own("v"), true=certain)
        return [
            self._named(exp.Case(ifs=[sure], default=nothing.copy()), "certain"),
            self._named(exp.Case(ifs=[failed], default=possible), "possible"),
        ]

    def amounts(self) -> tuple[exp.Expr, exp.Expr]:
        """The certain and the possible amount by their names."""
        return self._own("certain"), self._own("possible")

    def verdict(self) -> exp.Expr:
        """The verdict as a word."""
        return _verdict(self._own("v"))

    def _result_columns(self) -> list[exp.Expr]:
        clauses = enumerate(self.policy.clauses)
        return [
            column(self.key),
            aliased(self.verdict(), "verdict"),
            *(aliased(_verdict(self._own(f"c{n}")), f"clause:{clause.key}") for n, clause in clauses),
            *self.amounts(),
            aliased(self.missing(), "missing"),
        ]

    def missing(self, *, by_name: bool = True) -> exp.Expr:
        """The facts that are waited for, each followed by the separator; empty for a policy that fails.

        `by_name`: the flags have names; otherwise they are written out where they are asked for, once.
        """
        certain, possible = self.amounts()
        differ = any_of([is_null(possible), exp.NEQ(this=certain, expression=possible.copy())])
        names: exp.Expr = exp.Literal.string("")
        for n, name in enumerate(self.names):
            clause, part = (flags.get(name) for flags in self.missing_flags)
            tests = [] if clause is None else [self._own(f"m{n}") if by_name else clause]
            if part is not None:
                tests.append(all_of([self._own(f"g{n}") if by_name else part, differ.copy()]))
            step = exp.If(this=any_of(tests), true=exp.Literal.string(name + SEPARATOR))
            case = exp.Case(ifs=[step], default=exp.Literal.string(""))
            names = exp.DPipe(this=names, expression=case, safe=True)
        not_failed = any_of([self._own("v"), is_null(self._own("v"))])
        return exp.Case(ifs=[exp.If(this=not_failed, true=names)], default=exp.Literal.string(""))


def _verdict(test: exp.Expr) -> exp.Expr:
    steps = [
        exp.If(this=test, true=exp.Literal.string(Verdict.MEETS)),
        exp.If(this=exp.Not(this=test.copy()), true=exp.Literal.string(Verdict.FAILS)),
    ]
    return exp.Case(ifs=steps, default=exp.Literal.string(Verdict.UNKNOWN))


def select(columns: list[exp.Expr], source: exp.Expr) -> exp.Select:
    """A SELECT built directly, since the builders of sqlglot copy every tree at every step."""
    return exp.Select(expressions=columns, from_=exp.From(this=source))


def subquery(query: exp.Select, name: str) -> exp.Expr:
    """A query as the source of another."""
    return exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier(name)))


def aliased(expression: exp.Expr, name: str) -> exp.Expr:
    """An expression under a name."""
    return exp.Alias(this=expression, alias=exp.to_identifier(name, quoted=True))
