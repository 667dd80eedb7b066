"""Versions of a regime in two steps, and the simulator: what it would do, counted matter by matter."""

from datetime import date

import pytest

from gongjian.assignments import services
from gongjian.assignments.models import Assignment, Regime, RegimeChange
from gongjian.assignments.queries import snapshot_of
from gongjian.assignments.regimes.services import (
    adopt_regime,
    copy_of,
    facts_of,
    propose_regime,
    switch_regime,
    text_of,
)
from gongjian.assignments.regimes.simulator import simulate
from gongjian.assignments.states import Light
from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.engines.clock.regime_file import dump_regime, parse_regime
from gongjian.engines.clock.what_if import replay_under_rule
from gongjian.engines.workdays.announcements import load_years
from tests import scenes
from tests.assignments.doing import AT, handed_over, moment

TODAY = date(2026, 12, 4)  # Friday


@pytest.fixture
def regime(c):
    return scenes.adopted("quanzhou", at=moment("2026-11-01"))


def shorter(regime, days=3):
    """The same with seven working days made fewer (or more)."""
    return text_of(regime).replace("amount = 7", f"amount = {days}")


def grades(regime, days=3):
    return parse_regime(shorter(regime, days))["grades"]


def matter(c, regime, day, *, signed=True, **given):
    a = handed_over(c, regime=regime, grade="lead", at=moment(day), **given)
    return services.accept(a, by=c.handler, at=moment(day)) if signed else a


# --- two steps


KEPT = {
    "id": "the row",
    "code": "the identity: another code is a copy",
    "version": "counted by adopting",
    "order": "the place in the list",
    "disabled_on": "its own button",
    "in_library": "taking one up makes another row",
    "taken_from": "taking one up",
}
WRITTEN_ANEW = {
    "name": "改名的制度",
    "document": "安政办〔2026〕99号",
    "confirmed": True,
    "counting": "次日起算",
    "notes": "改过的说明",
    "objection_working_days": 2,
    "support_working_days": 4,
    "recheck_working_days": 6,
    "proxy_allowed": True,
    "in_force_from": date(2026, 10, 1),
    "in_force_until": date(2028, 10, 1),
}


def test_every_field_of_a_regime_is_edited_in_its_text(c, regime):
    names = {field.name for field in Regime._meta.concrete_fields}
    assert names - KEPT.keys() == WRITTEN_ANEW.keys() | {"grades"}
    text = dump_regime(facts_of(regime) | WRITTEN_ANEW | {"grades": grades(regime)})
    assert {name: parse_regime(text)[name] for name in WRITTEN_ANEW} == WRITTEN_ANEW
    change = propose_regime(text, regime=regime, by=c.clerk, at=moment("2026-11-25"))
    adopted = adopt_regime(change, by=c.administrator, at=moment("2026-11-26"))
    adopted.refresh_from_db()
    assert {name: getattr(adopted, name) for name in WRITTEN_ANEW} == WRITTEN_ANEW
    assert adopted.grades == grades(adopted)


def test_a_version_is_proposed_and_adopted_and_running_matters_keep_their_rule(c, regime):
    running = matter(c, regime, "2026-11-24")
    change = propose_regime(shorter(regime), regime=regime, by=c.clerk, at=moment("2026-11-25"))
    regime.refresh_from_db()
    assert (regime.version, change.version) == (1, 2)
    adopted = adopt_regime(change, by=c.administrator, at=moment("2026-11-26"))
    assert adopted.version == 2
    assert adopted.grades[0]["checkpoints"][-1]["amount"] == 3
    running.refresh_from_db()
    assert running.due_on == date(2026, 12, 3)
    assert matter(c, adopted, "2026-11-26").due_on == date(2026, 12, 1)
    services.resolve(running, outcome="SOLVED", text="好", by=c.handler, at=moment("2026-11-27"))
    services.reopen(running, reason="没好", by=c.clerk, at=moment("2026-11-27"))
    running.refresh_from_db()
    assert running.due_on == date(2026, 12, 8)  # a new round under the rule it was handed over with
    assert [
        e.name for e in Event.objects.filter(name__startswith="regime.").exclude(name="regime.loaded")
    ] == [
        "regime.taken_up",
        "regime.proposed",
        "regime.adopted",
    ]
    with pytest.raises(Refused, match="已经启用"):
        adopt_regime(change, by=c.clerk, at=moment("2026-11-26"))


def test_of_two_versions_written_at_once_only_one_is_adopted(c, regime):
    first = propose_regime(shorter(regime, 3), regime=regime, by=c.clerk, at=moment("2026-11-25"))
    second = propose_regime(shorter(regime, 5), regime=regime, by=c.clerk, at=moment("2026-11-25"))
    adopt_regime(first, by=c.clerk, at=moment("2026-11-26"))
    with pytest.raises(Refused, match="又启用了别的版本"):
        adopt_regime(second, by=c.clerk, at=moment("2026-11-26"))


def test_a_copy_becomes_a_regime_of_its_own(c, regime):
    text = copy_of(regime)
    one = propose_regime(text, regime=None, by=c.clerk, at=moment("2026-11-25"))
    two = propose_regime(text, regime=None, by=c.clerk, at=moment("2026-11-25"))
    made = adopt_regime(one, by=c.clerk, at=moment("2026-11-25"))
    assert (made.code, made.version, made.grades) == ("own-1-2", 1, regime.grades)
    assert made.order == Regime.objects.order_by("-order").first().order
    with pytest.raises(Refused, match="已有制度在用"):
        adopt_regime(two, by=c.clerk, at=moment("2026-11-25"))
    with pytest.raises(Refused, match="已有制度在用"):
        propose_regime(text, regime=None, by=c.clerk, at=moment("2026-11-25"))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("own-1", "other", "不能换代号"),
        ("amount = 7", "amount = 0", "数量不对"),
        ("confirmed = false", "confirmed = false", "没有改动"),
        ("support_working_days = 3", "support_working_days = 99", "之间的工作日数"),
    ],
)
def test_a_version_that_cannot_be_is_refused(c, regime, *, old, new, why):
    with pytest.raises(Refused, match=why):
        propose_regime(
            text_of(regime).replace(old, new, 1), regime=regime, by=c.clerk, at=moment("2026-11-25")
        )
    assert not RegimeChange.objects.exists()


def test_only_the_city_s_office_and_the_administrator_keep_regimes(c, regime):
    for account in (c.county_clerk, c.handler, c.leader):
        with pytest.raises(Refused, match="只有市攻坚办"):
            propose_regime(shorter(regime), regime=regime, by=account, at=moment("2026-11-25"))
        with pytest.raises(Refused, match="只有市攻坚办"):
            switch_regime(regime, disabled_on=TODAY, by=account, at=moment("2026-11-25"))


def test_a_regime_is_shut_and_opened(c, regime):
    assert switch_regime(regime, disabled_on=TODAY, by=c.clerk, at=moment("2026-12-04")).disabled_on == TODAY
    assert switch_regime(regime, disabled_on=None, by=c.clerk, at=moment("2026-12-04")).disabled_on is None


def test_presets_bring_their_limits_for_support_and_for_putting_right(regime):
    assert Regime.objects.get(code="panlong").recheck_working_days == 3
    assert regime.support_working_days == 3


# --- the simulator


def test_the_same_rule_changes_nothing(c, regime):
    for day in ("2026-11-10", "2026-11-24", "2026-12-03"):
        matter(c, regime, day)
    run = simulate(regime, regime.grades, today=TODAY)
    assert (run.open, run.changes, run.closed, run.late_changes) == (3, [], 0, [])
    assert run.before == run.after


def test_what_it_would_do_to_the_open_ledger(c, regime):
    """Counted by hand: seven working days against three, read on Friday 4 December."""
    old = matter(c, regime, "2026-11-20")  # 7: 1 December, red; 3: 25 November, seven days late, red
    fresh = matter(c, regime, "2026-12-01")  # 7: 10 December, green; 3: 4 December, yellow
    middle = matter(c, regime, "2026-11-25")  # 7: 4 December, yellow; 3: 30 November, red
    dated = matter(c, regime, "2026-12-01", due=date(2026, 12, 31))  # a date was agreed: nothing changes
    unsigned = matter(c, regime, "2026-12-03", signed=False)  # owes its signature first, but its end moves
    handed_over(c, regime=scenes.adopted("13710-jz", at=AT), grade="general", at=moment("2026-12-01"))
    run = simulate(regime, grades(regime), today=TODAY)
    assert run.open == 5
    found = {one.assignment.pk: one for one in run.changes}
    assert dated.pk not in found
    assert set(found) == {old.pk, fresh.pk, middle.pk, unsigned.pk}
    told = {
        pk: (one.light_before, one.light_after, one.due_before, one.due_after, one.moved)
        for pk, one in found.items()
    }
    assert told[old.pk] == (Light.RED, Light.RED, date(2026, 12, 1), date(2026, 11, 25), -4)
    assert told[fresh.pk] == (Light.GREEN, Light.YELLOW, date(2026, 12, 10), date(2026, 12, 4), -4)
    assert told[middle.pk] == (Light.YELLOW, Light.RED, date(2026, 12, 4), date(2026, 11, 30), -4)
    assert told[unsigned.pk][2:] == (date(2026, 12, 4), date(2026, 12, 4), 0)
    assert run.lights_changed == 2
    assert [one.assignment.pk for one in run.changes[:2]] == [middle.pk, fresh.pk]
    assert sum(run.after.values()) == sum(run.before.values()) == 5


def test_what_it_would_have_done_to_last_year_s(c, regime):
    for day, resolved in (
        ("2026-11-10", "2026-11-12"),
        ("2026-11-10", "2026-11-18"),
        ("2026-11-10", "2026-11-30"),
    ):
        a = matter(c, regime, day)
        services.resolve(a, outcome="SOLVED", text="好", by=c.handler, at=moment(resolved))
        services.pass_check(a, by=c.clerk, at=moment("2026-12-01"))
        services.close(a, by=c.clerk, at=moment("2026-12-01"))
    run = simulate(regime, grades(regime), today=TODAY)
    assert (run.closed, run.late_before, run.late_after) == (3, 1, 2)
    assert {type(run.late_before), type(run.late_after)} == {int}  # a count, also when there is one
    (one,) = run.late_changes
    assert (one.late_before, one.due_before, one.due_after) == (False, date(2026, 11, 19), date(2026, 11, 13))
    longer = simulate(regime, grades(regime, 20), today=TODAY)
    assert (longer.late_before, longer.late_after) == (1, 0)
    assert simulate(regime, grades(regime), today=date(2027, 12, 4)).closed == 0


def test_holds_extensions_and_rounds_are_counted_anew(c, regime):
    """Under three working days: 1 December; two days on hold: 3 December; extended to the 18th; a new round on the 10th."""
    a = matter(c, regime, "2026-11-26")
    services.hold(a, reason="等批复", by=c.clerk, at=moment("2026-11-27"))
    services.resume(a, by=c.clerk, at=moment("2026-12-01"))
    (one,) = simulate(regime, grades(regime), today=TODAY).changes
    assert (one.due_before, one.due_after) == (date(2026, 12, 9), date(2026, 12, 3))
    services.ask_extension(a, until=date(2026, 12, 18), reason="设备", by=c.handler, at=moment("2026-12-02"))
    services.grant_extension(a, by=c.clerk, at=moment("2026-12-02"))
    assert simulate(regime, grades(regime), today=TODAY).changes == []
    services.resolve(a, outcome="SOLVED", text="好", by=c.handler, at=moment("2026-12-09"))
    services.reopen(a, reason="没好", by=c.clerk, at=moment("2026-12-10"))
    (one,) = simulate(regime, grades(regime), today=TODAY).changes
    assert (one.due_before, one.due_after) == (date(2026, 12, 21), date(2026, 12, 15))


def test_a_simulation_writes_nothing(c, regime):
    a = matter(c, regime, "2026-11-20")
    events, before = Event.objects.count(), snapshot_of(a)
    simulate(regime, grades(regime), today=TODAY)
    assert Event.objects.count() == events
    assert snapshot_of(Assignment.objects.get(pk=a.pk)) == before


def test_without_events_there_is_nothing_to_run_again():
    with pytest.raises(ValueError, match="no events"):
        replay_under_rule([], rule=None, calendar=load_years())
