"""Dates of a running assignment that change: a year announced, times on hold, and one signature for several checkpoints."""

from datetime import date

from gongjian.assignments import services
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import AnnouncedYear
from gongjian.assignments.queries import history, reading, snapshot_of
from gongjian.assignments.states import State
from gongjian.engines.workdays.announcements import dump_notice
from gongjian.engines.workdays.calendar import Holiday, YearNotice
from tests.assignments.doing import AT, bring_to, handed_over, moment, signed
from tests.factories import RegimeFactory


def test_dues_that_reach_into_a_year_are_counted_anew_once_it_is_announced(c):
    a = handed_over(c, regime=signed(close=30))  # thirty working days by weekday alone: into January
    near = handed_over(c, regime=signed(close=3))
    before, events = a.due_on, len(history(near))
    assert (before.year, a.provisional) == (2027, True)
    notice = YearNotice(2027, "测试文号", True, (Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3)),), ())
    services.propose_year(dump_notice(notice), by=c.administrator, at=AT)
    assert services.recompute_due(year=2027, by=c.clerk, at=AT) == 0  # proposed is not announced
    AnnouncedYear.objects.update(adopted_by=c.administrator, adopted_at=AT)
    assert services.recompute_due(year=2027, by=c.clerk, at=AT) == 1
    a.refresh_from_db()
    assert (a.due_on, a.provisional) == (current_calendar().add(before, 1), False)
    assert history(a)[-1].data["before"] == before.isoformat()
    assert len(history(near)) == events
    assert services.recompute_due(year=2027, by=c.clerk, at=AT) == 0


def test_each_time_on_hold_is_kept_once_with_its_own_days(c):
    a = bring_to(c, State.IN_PROGRESS)
    for rested, going_on in (("2026-11-25", "2026-11-27"), ("2026-12-01", "2026-12-04")):
        held = services.hold(a, reason=f"自{rested}等批复", by=c.clerk, at=moment(rested))
        day = date.fromisoformat(rested)
        assert f"{day.month}月{day.day}日起挂账，时钟暂停：自{rested}等批复" in reading(held, day).why
        services.resume(a, by=c.clerk, at=moment(going_on))
    found = [(one.since.isoformat(), one.working_days, one.reason) for one in snapshot_of(a).holds]
    assert found == [("2026-11-25", 2, "自2026-11-25等批复"), ("2026-12-01", 3, "自2026-12-01等批复")]
    assert "挂账5个工作日" in reading(a, date(2026, 12, 4)).why


def test_signing_meets_every_checkpoint_that_signing_meets(c):
    keys = ("key", "name", "amount", "span", "met_by")
    steps = [("seen", "收到", 1, "accept"), ("start", "签收", 2, "accept"), ("close", "办结", 7, "resolve")]
    listed = [
        dict(zip(keys, (key, name, days, "WORKING_DAYS", by), strict=True)) for key, name, days, by in steps
    ]
    regime = RegimeFactory(
        name="两次签收", grades=[{"key": "general", "name": "一般", "checkpoints": listed}]
    )
    a = services.accept(handed_over(c, regime=regime), by=c.handler, at=AT)
    assert a.next_name == "办结"
    assert [one.met_on for one in snapshot_of(a).checkpoints] == [AT.date(), AT.date(), None]


def test_an_extension_after_a_hold_ends_on_the_day_granted_and_leaves_the_other_checkpoints(c):
    a = services.accept(handed_over(c, regime=signed(close=20)), by=c.handler, at=AT)
    services.hold(a, reason="等批复", by=c.clerk, at=moment("2026-11-25"))
    a = services.resume(a, by=c.clerk, at=moment("2026-11-27"))
    first, *_between, last = snapshot_of(a).checkpoints
    assert last.shift == 2
    until = current_calendar().add(a.due_on, 3)
    services.ask_extension(a, until=until, reason="设备晚到", by=c.handler, at=moment("2026-11-30"))
    a = services.grant_extension(a, by=c.clerk, at=moment("2026-12-01"))
    extended = snapshot_of(a).checkpoints
    assert (a.due_on, extended[-1].due_on) == (until, until)
    assert extended[0] == first
    assert [checkpoint.key for checkpoint in extended] == ["start", "reply", "close"]
