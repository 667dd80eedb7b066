"""All rules as one statement (全部政策一条 SQL): the table is scanned once, each column and each test is computed once, groups are settled.

The answer has the lines of `gongjian match`: firm, policy, verdict, certain_amount, possible_amount (NULL: no bound),
missing_facts (`a;b;`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from sqlglot import exp

from gongjian.engines.policy.binding.binder import bind
from gongjian.engines.policy.binding.bound import BoundPolicy
from gongjian.engines.policy.one_firm.amounts import money
from gongjian.engines.policy.rules.policy import Policy, Stacking, Verdict
from gongjian.engines.policy.sql.expressions import Dialect, SqlWriter, all_of, any_of, column, is_null
from gongjian.engines.policy.sql.select import PolicyQuery, aliased, select, subquery
from gongjian.engines.policy.tables.settling import groups

LINE = ("policy", "verdict", "certain_amount", "possible_amount", "missing_facts")
MONEY = "DECIMAL(38, 2)"
MOST = "999999999999999999999999999999"  # stands for "no bound" while amounts are compared
WRITTEN = (Verdict.MEETS, Verdict.UNKNOWN)


def all_to_sql(
    policies: Sequence[Policy],
    *,
    dialect: Dialect,
    as_of: date,
    table: str = "firms",
    key: str = "id",
    columns: Collection[str] | None = None,
    headings: Mapping[str, str] | None = None,
    others: Mapping[str, Policy] | None = None,
    verdicts: Collection[Verdict] = WRITTEN,
) -> str:
    """One SELECT over a table of firms, as `to_sql` describes it. `headings`: what the table calls a column; `verdicts`: of which lines are wanted.

    Raises KeyError when a policy asks for one that is neither among `policies` nor among `others`.
    """
    known = {**(others or {}), **{policy.code: policy for policy in policies}}
    bound = [bind(policy, as_of=as_of, others=known) for policy in policies]
    query = RulesQuery(bound, SqlWriter(dialect, columns, headings=headings or {}, undecided_names={}), key)
    return query.select(table, verdicts).sql(dialect=dialect, copy=False)


class RulesQuery:
    """The SELECT of many policies, in nested steps that each name what the next one uses."""

    def __init__(self, bound: Sequence[BoundPolicy], writer: SqlWriter, key: str) -> None:
        self.writer, self.key = writer, key
        self.policies = [each.policy for each in bound]
        self.queries = [PolicyQuery(each, writer, key, prefix=f"r{n}") for n, each in enumerate(bound)]

    def select(self, table: str, verdicts: Collection[Verdict]) -> exp.Select:
        """The whole query over a table."""
        clauses = [c for query in self.queries for c in query.clause_columns()]
        undecided = [
            aliased(is_null(self.writer.tree(tree)), name)
            for tree, name in (self.writer.undecided_names or {}).items()
        ]
        tests = self.queries[0].test_columns()
        query = select([column(self.key), *self.queries[0].source_columns()], exp.to_table(table))
        amounts = [c for each in self.queries for c in each.amount_columns()]
        steps = (
            ("read", [exp.Star(), *tests]),
            ("tested", [exp.Star(), *undecided, *clauses]),
            ("stated", [exp.Star(), *(c for q in self.queries for c in q.verdict_columns())]),
            ("judged", [exp.Star(), *amounts]),
            ("valued", [column(self.key), *self._answers()]),
        )
        for name, columns in steps:
            query = select(columns, subquery(query, name))
        return self._lines(query, verdicts)

    def _answers(self) -> Iterator[exp.Expr]:
        """Verdict, amounts and missing facts of each policy; amounts of groups settled."""
        settled = dict(self._settled())
        for n, query in enumerate(self.queries):
            certain, possible = settled.get(n, query.amounts())
            yield aliased(query.verdict(), f"verdict{n}")
            yield aliased(exp.cast(certain, MONEY), f"certain{n}")
            yield aliased(exp.cast(possible, MONEY), f"possible{n}")
            yield aliased(query.missing(by_name=False), f"missing{n}")

    def _settled(self) -> Iterator[tuple[int, tuple[exp.Expr, exp.Expr]]]:
        for members in groups(self.policies):
            group = self.policies[members[0]].group
            if group is not None and group.rule is Stacking.BEST:
                yield from ((n, self._best(n, members)) for n in members)
            elif group is not None:
                cap = MOST if group.cap is None else str(money(group.cap))
                yield from ((n, self._capped(n, members, cap)) for n in members)

    def _certain(self, n: int) -> exp.Expr:
        return exp.cast(self.queries[n].amounts()[0], MONEY)

    def _possible(self, n: int) -> exp.Expr:
        """The possible amount; of one without a bound more than any other."""
        possible = exp.cast(self.queries[n].amounts()[1], MONEY)
        return exp.Coalesce(this=possible, expressions=[_amount(MOST)])

    def _best(self, n: int, members: Sequence[int]) -> tuple[exp.Expr, exp.Expr]:
        """The one with the highest certain amount, then the highest possible one, then the first."""
        certain, possible = self._certain(n), self.queries[n].amounts()[1]
        others = [m for m in members if m != n]
        if not others:
            return certain, possible
        chosen = all_of(self._before(n, m) for m in others)
        higher = all_of(exp.GT(this=self._possible(n), expression=self._certain(m)) for m in members)
        nothing = _amount("0")
        return (
            exp.Case(ifs=[exp.If(this=chosen, true=certain)], default=nothing),
            exp.Case(
                ifs=[exp.If(this=any_of([chosen.copy(), higher]), true=possible)], default=nothing.copy()
            ),
        )

    def _before(self, n: int, m: int) -> exp.Expr:
        """Whether policy n is to be preferred to policy m."""
        kind = exp.GTE if n < m else exp.GT
        more = exp.GT(this=self._certain(n), expression=self._certain(m))
        same = exp.EQ(this=self._certain(n), expression=self._certain(m))
        return any_of([more, all_of([same, kind(this=self._possible(n), expression=self._possible(m))])])

    def _capped(self, n: int, members: Sequence[int], cap: str) -> tuple[exp.Expr, exp.Expr]:
        """What the cap leaves after the policies before it."""
        left: exp.Expr = _amount(cap)
        for m in members[: list(members).index(n)]:
            left = exp.Sub(this=left, expression=self._certain(m))
        left = _at_least(exp.Paren(this=left), _amount("0"))
        certain, possible = self._certain(n), self._possible(n)
        paid = exp.Anonymous(this="LEAST", expressions=[certain, left])
        may = exp.Anonymous(this="LEAST", expressions=[possible, left.copy()])
        unbounded = exp.If(this=exp.GTE(this=may, expression=_amount(MOST)), true=exp.cast(exp.Null(), MONEY))
        return paid, exp.Case(ifs=[unbounded], default=may.copy())

    def _lines(self, query: exp.Select, verdicts: Collection[Verdict]) -> exp.Select:
        """A line for each firm and policy of the verdicts wanted; made from one row a firm without another scan."""
        wanted = exp.In(
            this=column("verdict"), expressions=[exp.Literal.string(v) for v in Verdict if v in verdicts]
        )
        lines = select([column(self.key), *self._unpivoted()], subquery(query, "answered"))
        if self.writer.dialect == "clickhouse":
            fields = (
                _call("tupleElement", column("line"), exp.Literal.number(n + 1)) for n in range(len(LINE))
            )
            named = (aliased(field, name) for field, name in zip(fields, LINE, strict=True))
            lines = select([column(self.key), *named], subquery(lines, "lines"))
        result = select([aliased(column(self.key), "firm"), *map(column, LINE)], subquery(lines, "every"))
        return result.where(wanted, copy=False)

    def _unpivoted(self) -> list[exp.Expr]:
        """The answers of one row below one another, as the engine has it."""
        rows = [self._line(n) for n in range(len(self.policies))]
        if self.writer.dialect == "clickhouse":
            tuples = [_call("tuple", *row) for row in rows]
            return [aliased(_call("arrayJoin", exp.Array(expressions=tuples)), "line")]
        if self.writer.dialect == "spark":
            structs = [
                exp.Struct(expressions=[aliased(v, name) for v, name in zip(row, LINE, strict=True)])
                for row in rows
            ]
            return [_call("INLINE", exp.Array(expressions=structs))]
        arrays = (exp.Array(expressions=list(values)) for values in zip(*rows, strict=True))
        return [aliased(_call("UNNEST", array), name) for array, name in zip(arrays, LINE, strict=True)]

    def _line(self, n: int) -> list[exp.Expr]:
        code = exp.Literal.string(self.policies[n].code)
        return [code, *(column(f"{name}{n}") for name in ("verdict", "certain", "possible", "missing"))]


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _amount(text: str) -> exp.Expr:
    return exp.cast(exp.Literal.string(text), MONEY)


def _at_least(value: exp.Expr, least: exp.Expr) -> exp.Expr:
    return _call("GREATEST", value, least)
