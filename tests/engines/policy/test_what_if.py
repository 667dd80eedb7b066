"""Two versions of a policy: who gains, who loses, what it costs; equal to matching both and subtracting."""

from datetime import date

from gongjian.engines.policy import Verdict, compile_policies, read_policy
from gongjian.engines.policy.what_if import WhatIf, compare
from tests.engines.policy.generated import CATALOGUE, Author
from tests.engines.policy.test_tables import table_of

AS_OF = date(2026, 4, 30)


def test_gains_losses_and_cost_are_the_difference_of_two_matches():
    for seed in range(12):
        author = Author(seed)
        texts = [author.rule("P0"), author.rule("P1"), author.rule("P0"), author.rule("P2")]
        table = table_of([author.firm() for _ in range(60)])
        before, after = (
            compile_policies([read_policy(t, catalogue=CATALOGUE) for t in pair], as_of=AS_OF)
            for pair in (texts[:2], texts[2:])
        )
        old, new = before.match(table), after.match(table)
        changes = {c.code: c for c in compare(before, after, table)}
        assert list(changes) == ["P0", "P2", "P1"]
        change = changes["P0"]
        rows_before, rows_after = (set(o.firms_of("P0", Verdict.MEETS).tolist()) for o in (old, new))
        assert set(change.gained.tolist()) == rows_after - rows_before
        assert set(change.lost.tolist()) == rows_before - rows_after
        assert change.before.certain == old.counts()[0].certain
        assert change.after.certain == new.counts()[0].certain
        assert change.after.possible == new.counts()[0].possible
        assert change.cost == new.counts()[0].certain - old.counts()[0].certain
        amounts = [
            dict(zip(o.amounts("P0").rows.tolist(), o.amounts("P0").certain.tolist(), strict=True))
            for o in (old, new)
        ]
        assert set(change.more.tolist()) == {
            r for r in rows_before & rows_after if amounts[1][r] > amounts[0][r]
        }
        assert set(change.less.tolist()) == {
            r for r in rows_before & rows_after if amounts[1][r] < amounts[0][r]
        }
        assert changes["P1"].after.meets == changes["P2"].before.meets == 0


def test_a_slider_evaluates_only_the_condition_that_changed():
    author = Author(3)
    table = table_of([author.firm() for _ in range(50)])
    text = author.rule("P0").replace(
        "clauses:", 'clauses:\n  - {key: t, name: 门槛, condition: "投资 >= 5"}', 1
    )
    plan = compile_policies([read_policy(text, catalogue=CATALOGUE)], as_of=AS_OF)
    what_if = WhatIf(table)
    what_if.compare(plan, plan)
    known = len(what_if._answers_by_test)
    for threshold in range(6, 10):
        newer = read_policy(text.replace("投资 >= 5", f"投资 >= {threshold}"), catalogue=CATALOGUE)
        change = what_if.compare_versions(plan.policies[0], newer, plan=plan)
        known += 1
        assert len(what_if._answers_by_test) == known
        assert not len(change.gained)
        assert change.after.meets == change.before.meets - len(change.lost)
