"""All firms by columns as each firm by itself: verdicts, amounts to the cent, near misses; nobody near is screened out."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import numpy as np

from gongjian.engines import policy as engine
from gongjian.enterprises.facts.catalogue import all_facts
from gongjian.enterprises.facts_for_rules.queries import FactsTable
from gongjian.policies.rule_files.checks import facts_catalogue
from gongjian.policies.verdicts import results_in_memory
from samples.policies import invented

ON = date(2026, 11, 25)
FOLDER = Path(engine.__file__).parents[2] / "policies" / "library"
RULES, FIRMS = 40, 100


@cache
def plan():
    policies = results_in_memory.decidable(engine.read_library(FOLDER, catalogue=facts_catalogue()))
    return engine.compile_policies([p for p in policies if results_in_memory.about_firms(p)], as_of=ON)


def firms():
    """The firms of the library's own cases, and the same with every number a little smaller or larger."""
    case_facts = [dict(case.facts) for policy in plan().policies for case in policy.cases][::5]
    numbers = {key for key, fact in all_facts().items() if fact.kind == "NUMBER"}
    return case_facts + [
        {
            name: nudged(value, factor) if name.partition("@")[0] in numbers else value
            for name, value in facts.items()
        }
        for factor in (Decimal("0.95"), Decimal("1.04"))
        for facts in case_facts
    ]


def nudged(value, factor):
    return value if value is None else Decimal(str(value)) * factor


def known():
    rows = firms()
    columns = {name: [as_recorded(row.get(name)) for row in rows] for name in plan().columns}
    return FactsTable(list(range(1, len(rows) + 1)), columns)


def evaluated(plan, facts):
    return results_in_memory.evaluate_plan(plan, results_in_memory.table_of(plan, facts))


def as_recorded(value):
    """Titles as the register gives them."""
    return frozenset(value) if isinstance(value, list | tuple) else value


def test_columns_say_what_the_engine_says_of_each_firm():
    facts = known()
    by_columns = evaluated(plan(), facts)
    by_firm = {
        policy.code: results_in_memory.PolicyColumn.empty(len(facts.pks)) for policy in plan().policies
    }
    for column in by_firm.values():
        column.near = np.zeros(len(facts.pks), np.bool_)
    for row in range(len(facts.pks)):
        for explanation in plan().explain(results_in_memory.facts_of_row(facts, row)):
            by_firm[explanation.policy.code].set_value(row, explanation)
    for code, column in by_columns.items():
        assert column.verdict.tolist() == by_firm[code].verdict.tolist(), code
        assert column.certain.tolist() == by_firm[code].certain.tolist(), code
        assert column.possible.tolist() == by_firm[code].possible.tolist(), code
        near = results_in_memory.near_misses(
            plan().plan_of(code), results_in_memory.table_of(plan(), facts), facts, column.verdict
        )
        assert near.tolist() == by_firm[code].near.tolist(), code
    assert {verdict for column in by_columns.values() for verdict in column.verdict.tolist()} == {0, 1, 2}
    assert any(column.near.any() for column in by_firm.values())


def test_columns_tell_who_is_near_and_leave_only_edges_and_choices_to_the_words():
    dice, catalogue = Random(4), invented.catalogue()
    policies = [engine.read_policy(invented.rule(dice, n), catalogue=catalogue) for n in range(RULES)]
    firms = [invented.firm(dice) for _ in range(FIRMS)]
    plan = engine.compile_policies(policies, as_of=invented.AS_OF)
    columns = {name: [firm.get(name) for firm in firms] for name in firms[0]}
    table = engine.Table.from_values(range(FIRMS), columns, catalogue=catalogue)
    explanations = [plan.explain(firm) for firm in firms]
    fixed = min({gap.fact for firm in explanations for policy in firm for gap in policy.near})
    decided = left = near = 0
    for n, policy in enumerate(policies):
        rows = np.array([row for row in range(FIRMS) if explanations[row][n].verdict is engine.Verdict.FAILS])
        close = {row for row in rows.tolist() if explanations[row][n].near}
        for movable in (lambda _fact: True, lambda fact: fact != fixed):
            parts = engine.within_reach(plan, table, policy.code, rows.astype(np.int64), movable=movable)
            sure, open_ = (set(part.tolist()) for part in parts)
            wanted = {row for row in close if all(movable(gap.fact) for gap in explanations[row][n].near)}
            assert sure <= wanted <= sure | open_, policy.clauses
            assert not sure & open_
            decided, left, near = decided + len(sure), left + len(open_), near + len(wanted)
    assert 0 < decided <= near
    assert left < decided / 4  # few are explained one by one


def test_a_plan_without_rules_and_a_table_without_firms():
    nothing = engine.compile_policies([], as_of=ON)
    assert evaluated(nothing, FactsTable([1])) == {}
    assert all(len(column.verdict) == 0 for column in evaluated(plan(), FactsTable([])).values())


def test_values_of_one_fact_may_differ_in_kind():
    columns = {"营业收入@2026": [Decimal("1.5"), 2.25, 3, None], "经营状态": ["停产", None, "", "停产"]}
    table = engine.Table.from_values([7, 8, 9, 10], columns, catalogue=facts_catalogue())
    assert [table.columns["营业收入@2026"].cell(row) for row in range(4)] == [15_000, 22_500, 30_000, None]
    assert [table.columns["经营状态"].cell(row) for row in range(4)] == ["停产", None, None, "停产"]
