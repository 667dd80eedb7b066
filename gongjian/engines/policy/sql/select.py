"""The same rules beyond one machine: a policy as one SELECT over a table of firms (政策转 SQL).

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
from gongjian.engines.policy.sql.amounts import Money
from gongjian.engines.policy.sql.expressions import SEPARATOR, Dialect, Terms, all_of, any_of, column, is_null
from gongjian.engines.policy.sql.missing_facts import Missing

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
    return Query(bound, Terms(dialect, columns), key).select(table).sql(dialect=dialect, copy=False)


def names_of(missing: str) -> tuple[str, ...]:
    """The column `missing` of an answer as names, sorted."""
    return tuple(sorted(name for name in missing.split(SEPARATOR) if name))


class Query:
    """The SELECT of one policy, in steps that each name what the next one uses: nothing is computed twice."""

    def __init__(self, bound: BoundPolicy, terms: Terms, key: str) -> None:
        self.bound, self.terms, self.key = bound, terms, key
        self.policy = bound.policy
        self.money = Money(bound, terms)
        missing = Missing(bound, terms)
        self.waiting = (missing.of_clauses(), missing.of_parts())
        self.names = list(dict.fromkeys(name for flags in self.waiting for name in flags))

    def select(self, table: str) -> exp.Select:
        """All steps."""
        stated, tested = self._stated(), self._tested()
        query = _select([column(self.key), *self._read()], exp.to_table(table))
        steps = (("read", tested), ("tested", stated), ("stated", self._judged()), ("judged", self._valued()))
        for name, columns in steps:
            query = _select(columns, _below(query, name))
        return _select(self._shown(), _below(query, "valued"))

    def _read(self) -> list[exp.Expr]:
        terms = self.terms
        read = [_named(terms.resolved(source), name) for source, name in terms.sources.items()]
        return read + [_named(terms.partial(source), name) for source, name in terms.partly.items()]

    def _tested(self) -> list[exp.Expr]:
        tests = list(self.terms.tests.items())
        return [exp.Star(), *(_named(self.terms.written(test), name) for test, name in tests)]

    def _stated(self) -> list[exp.Expr]:
        """Clauses, conditions and formulas of the parts."""
        made: list[exp.Expr] = [exp.Star()]
        made += [_named(self.terms.tree(tree), f"c{n}") for n, (_, tree) in enumerate(self.bound.clauses)]
        for n, part in enumerate(self.bound.parts):
            if part.when is not None:
                made.append(_named(self.terms.tree(part.when), f"w{n}"))
            made.append(_named(self.money.amount(part), f"a{n}"))
        return made

    def _judged(self) -> list[exp.Expr]:
        """The verdict, the least and the most that the parts give, and what is missing."""
        clauses = [column(f"c{n}") for n in range(len(self.bound.clauses))]
        states = [None if p.when is None else column(f"w{n}") for n, p in enumerate(self.bound.parts)]
        parts = [(p.part, states[n], column(f"a{n}")) for n, p in enumerate(self.bound.parts)]
        money = self.money
        made: list[exp.Expr] = [column(self.key), *clauses, _named(all_of(clauses), "v")]
        made.append(_named(money.whole([money.low(*part) for part in parts]), "low"))
        made.append(_named(money.whole([money.high(*part) for part in parts]), "high"))
        for flags, letter in zip(self.waiting, "mg", strict=True):
            made += [_named(test, f"{letter}{self.names.index(name)}") for name, test in flags.items()]
        return made

    def _valued(self) -> list[exp.Expr]:
        certain, possible = (self.money.cents(self.money.bounded(column(edge))) for edge in ("low", "high"))
        nothing = exp.cast(exp.Literal.number(0), "DECIMAL(20, 2)")
        failed = exp.If(this=exp.Not(this=column("v")), true=nothing)
        return [
            exp.Star(),
            _named(exp.Case(ifs=[exp.If(this=column("v"), true=certain)], default=nothing.copy()), "certain"),
            _named(exp.Case(ifs=[failed], default=possible), "possible"),
        ]

    def _shown(self) -> list[exp.Expr]:
        clauses = enumerate(self.policy.clauses)
        return [
            column(self.key),
            _named(_verdict(column("v")), "verdict"),
            *(_named(_verdict(column(f"c{n}")), f"clause:{clause.key}") for n, clause in clauses),
            column("certain"),
            column("possible"),
            _named(self._missing(), "missing"),
        ]

    def _missing(self) -> exp.Expr:
        """The names whose flag is set, each with the separator behind it; nothing of a policy that fails."""
        differ = any_of(
            [is_null(column("possible")), exp.NEQ(this=column("certain"), expression=column("possible"))]
        )
        made: exp.Expr = exp.Literal.string("")
        for n, name in enumerate(self.names):
            tests = [column(f"m{n}")] if name in self.waiting[0] else []
            tests += [all_of([column(f"g{n}"), differ.copy()])] if name in self.waiting[1] else []
            step = exp.If(this=any_of(tests), true=exp.Literal.string(name + SEPARATOR))
            case = exp.Case(ifs=[step], default=exp.Literal.string(""))
            made = exp.DPipe(this=made, expression=case, safe=True)
        open_ = any_of([column("v"), is_null(column("v"))])
        return exp.Case(ifs=[exp.If(this=open_, true=made)], default=exp.Literal.string(""))


def _verdict(test: exp.Expr) -> exp.Expr:
    steps = [
        exp.If(this=test, true=exp.Literal.string(Verdict.MEETS)),
        exp.If(this=exp.Not(this=test.copy()), true=exp.Literal.string(Verdict.FAILS)),
    ]
    return exp.Case(ifs=steps, default=exp.Literal.string(Verdict.UNKNOWN))


def _select(columns: list[exp.Expr], source: exp.Expr) -> exp.Select:
    """Built directly: the usual builders copy every tree at every step."""
    return exp.Select(expressions=columns, from_=exp.From(this=source))


def _below(query: exp.Select, name: str) -> exp.Expr:
    return exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier(name)))


def _named(expression: exp.Expr, name: str) -> exp.Expr:
    return exp.Alias(this=expression, alias=exp.to_identifier(name, quoted=True))
