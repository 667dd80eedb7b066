"""Whole tables give what one firm gives: verdicts and amounts to the cent, for any policy, any firm, with values missing."""

import os
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.policy import Verdict, compile_policies, read_policy
from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.facts.row import cell
from gongjian.engines.policy.tables.amounts import UNBOUNDED
from gongjian.engines.policy.tables.table import Table
from tests.engines.policy.generated import CATALOGUE, NUMBERS, Author

AS_OF = date(2026, 4, 30)
EXAMPLES = int(os.environ.get("GONGJIAN_EXAMPLES", "40"))
TYPES = dict.fromkeys(NUMBERS, pl.Float64) | {
    "行业": pl.String,
    "规上": pl.Boolean,
    "失信": pl.Boolean,
    "成立": pl.Date,
    "认定": pl.Date,
    "资质": pl.List(pl.String),
}


def plan_of(texts):
    policies = [read_policy(text, catalogue=CATALOGUE) for text in texts]
    return compile_policies(policies, as_of=AS_OF)


def table_of(firms):
    data = {
        name: [f[name] if kind != pl.Float64 or f[name] is None else float(f[name]) for f in firms]
        for name, kind in TYPES.items()
    }
    return Table.from_frame(pl.DataFrame(data, schema=TYPES), catalogue=CATALOGUE)


def cents_of(amount):
    return UNBOUNDED if amount is None else int(amount * 100)


def check(outcome, plan, firms):
    explained = [plan.explain(f) for f in firms]
    for n, policy in enumerate(plan.policies):
        for verdict in Verdict:
            wanted = [row for row, e in enumerate(explained) if e[n].verdict is verdict]
            amounts = outcome.amounts(policy, verdict)
            assert list(amounts.rows) == wanted, (policy.clauses, verdict)
            assert list(amounts.certain) == [cents_of(explained[row][n].certain) for row in wanted], (
                policy.benefit
            )
            assert list(amounts.possible) == [cents_of(explained[row][n].possible) for row in wanted], (
                policy.benefit
            )
    for row in range(len(firms)):
        assert outcome.verdicts_of_firm(row) == [e.verdict for e in explained[row]]


def written(seed, policies, firms):
    author = Author(seed)
    return [author.rule(f"P{n}") for n in range(policies)], [author.firm() for _ in range(firms)]


settled = settings(max_examples=EXAMPLES, deadline=None)
SEEDS = st.integers(0, 2**32)


@settled
@given(SEEDS)
def test_columns_and_closures_agree(seed):
    texts, firms = written(seed, 3, 33)
    plan = plan_of(texts)
    check(plan.match(table_of(firms)), plan, firms)


@settled
@given(SEEDS)
def test_a_changed_firm_and_a_changed_policy_are_as_if_matched_anew(seed):
    texts, firms = written(seed, 3, 17)
    newer, other = Author(seed + 1).rule("P0"), Author(seed + 2).firm()
    plan = plan_of(texts)
    outcome = plan.match(table_of(firms))
    outcome.refresh_firm(1, other)
    changed = [firms[0], other, *firms[2:]]
    check(outcome, plan, changed)
    outcome.refresh_policy(read_policy(newer, catalogue=CATALOGUE))
    check(outcome, plan_of([newer, *texts[1:]]), changed)


NAMES = st.lists(st.none() | st.text("高新企业A1、/;；|,， \n无", max_size=5), max_size=3)


@settled
@given(st.lists(NAMES | st.none(), min_size=1, max_size=8))
def test_titles_are_the_same_names_in_a_table_and_for_one_firm(lists):
    frame = pl.DataFrame({"资质": pl.Series(lists, dtype=pl.List(pl.String))})
    for given_lists, table in (
        (lists, Table.from_frame(frame, catalogue=CATALOGUE)),
        ([None if names is None else "、".join(n or "" for n in names) for names in lists], None),
    ):
        made = table or Table.from_columns(
            {"资质": pl.Series(given_lists, dtype=pl.String)}, catalogue=CATALOGUE
        )
        assert [made.columns["资质"].cell(row) for row in range(len(lists))] == [
            cell(Kind.SET, names) for names in given_lists
        ]


def test_a_listed_name_is_whole_and_a_text_is_taken_apart():
    table = Table.from_columns({"资质": [["专精特新、小巨人"], ["无"], []]}, catalogue=CATALOGUE)
    held = [table.columns["资质"].cell(row) for row in range(3)]
    assert held == [frozenset({"专精特新、小巨人"}), frozenset(), frozenset()]
    assert cell(Kind.SET, "专精特新、小巨人") == frozenset({"专精特新", "小巨人"})
