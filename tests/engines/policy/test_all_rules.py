"""All rules as one statement: the table is scanned once, and every line is that of the whole table with its groups settled."""

import re
from decimal import Decimal
from random import Random

import pytest
import sqlglot
from sqlglot import exp

from gongjian.engines.policy import compile_policies, read_policy
from gongjian.engines.policy.rules.policy import Verdict
from gongjian.engines.policy.sql.all_rules import all_to_sql
from gongjian.engines.policy.sql.select import DIALECTS, missing_names
from gongjian.engines.policy.tables.amounts import UNBOUNDED
from gongjian.engines.policy.tables.settling import SettledAmounts
from gongjian.engines.policy.tables.table import Table
from samples.policies import engines, invented
from tests.engines.policy.test_settling import BEST, CAP, HIGH
from tests.engines.policy.test_sql import FORBIDDEN
from tests.engines.policy.test_sql_library import CATALOGUE as LIBRARY_FACTS
from tests.engines.policy.test_sql_library import POLICIES, _columns

COLUMNS = invented.columns()
CATALOGUE = invented.catalogue()


def rules(seed, count=8):
    dice = Random(seed)
    texts = [invented.rule(Random(seed * 100 + n), n) for n in range(count)]
    groups = [dice.choice([BEST, CAP, HIGH, None]) for _ in texts]
    texts = [
        text if group is None else f"{text}\ngroup: {group}\n"
        for text, group in zip(texts, groups, strict=True)
    ]
    return [read_policy(text, catalogue=CATALOGUE) for text in texts]


def lines_of_columns(policies, firms, columns, catalogue, *, as_of, others=()):
    """(firm, code) -> verdict, certain and possible amount as `gongjian match` writes them."""
    frame = {name: [firm.get(name) for firm in firms] for name in columns}
    outcome = compile_policies(policies, as_of=as_of, others=others).match(
        Table.from_columns(frame, catalogue=catalogue)
    )
    settled, lines = SettledAmounts.of(outcome), {}
    for n, policy in enumerate(policies):
        for verdict in Verdict:
            amounts = settled.amounts(n, outcome.amounts(n, verdict))
            for row, low, high in zip(amounts.rows, amounts.certain, amounts.possible, strict=True):
                most = None if high == UNBOUNDED else Decimal(int(high)).scaleb(-2)
                lines[int(row), policy.code] = (str(verdict), Decimal(int(low)).scaleb(-2), most)
    return lines


def lines_of_sql(engine, policies, **options):
    rows = engine.rows(all_to_sql(policies, dialect=engine.name, verdicts=tuple(Verdict), **options))
    lines = {(int(row[0]), row[1]): (row[2], row[3], row[4]) for row in rows}
    missing = {(int(row[0]), row[1]): missing_names(row[5]) for row in rows}
    assert len(lines) == len(rows)
    return lines, missing


def faults(engine, seeds):
    for seed in seeds:
        policies = rules(seed)
        firms = [invented.firm(Random(seed * 1000 + n)) for n in range(40)]
        engine.load(firms)
        lines, missing = lines_of_sql(engine, policies, as_of=invented.AS_OF, columns=set(COLUMNS))
        wanted = lines_of_columns(policies, firms, COLUMNS, CATALOGUE, as_of=invented.AS_OF)
        yield from (
            (seed, key, line, lines.get(key)) for key, line in wanted.items() if lines.get(key) != line
        )
        answers = engines.python(policies, firms, as_of=invented.AS_OF, answer_of=engines.briefly)
        yield from (
            (seed, key, answer.missing) for key, answer in answers.items() if missing[key] != answer.missing
        )


def test_every_line_is_that_of_the_whole_table():
    assert list(faults(engines.DuckDB(COLUMNS), range(3))) == []


@pytest.mark.postgres
def test_every_line_is_the_same_in_postgresql(postgres_address):
    engine = engines.PostgreSQL(COLUMNS, postgres_address)
    assert list(faults(engine, range(1))) == []
    engine.close()


@pytest.mark.slow(30)
def test_the_whole_library_in_one_statement():
    columns = _columns()
    firms = [dict(case.facts) for policy in POLICIES for case in policy.cases]
    engine = engines.DuckDB(columns)
    engine.load(firms)
    live = [policy for policy in POLICIES if policy.in_force(invented.AS_OF)]
    others = {policy.code: policy for policy in POLICIES}
    lines, _ = lines_of_sql(engine, live, as_of=invented.AS_OF, columns=set(columns), others=others)
    assert lines == lines_of_columns(
        live, firms, columns, LIBRARY_FACTS, as_of=invented.AS_OF, others=POLICIES
    )


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_table_is_scanned_once_and_engines_have_nothing_to_guess(dialect):
    text = all_to_sql(
        rules(1, count=2), dialect=dialect, as_of=invented.AS_OF, table="business.firms", columns=set(COLUMNS)
    )
    assert len(re.findall(r"\bfirms\b", text)) == 1
    assert FORBIDDEN.search(text) is None
    parsed = sqlglot.parse_one(text, dialect=dialect)
    assert [table.name for table in parsed.find_all(exp.Table)] == ["firms"]
    assert [alias.alias for alias in parsed.find_all(exp.Alias)].count("firm") == 1


def test_columns_of_other_names_and_columns_that_are_not_there():
    engine = engines.DuckDB({"capital": "NUMBER"})
    engine.load([{"capital": Decimal(9)}])
    text = invented.rule(Random(1), 1)
    policy = read_policy(text, catalogue=CATALOGUE)
    named = {"注册资本": "capital"}
    lines, missing = lines_of_sql(engine, [policy], as_of=invented.AS_OF, columns=named, headings=named)
    (answer,) = engines.python(
        [policy], [{"注册资本": Decimal(9)}], as_of=invented.AS_OF, answer_of=engines.briefly
    ).values()
    assert lines == {(0, policy.code): (answer.verdict, answer.certain, answer.possible)}
    assert missing == {(0, policy.code): answer.missing}
