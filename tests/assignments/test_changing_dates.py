"""Dates of a running assignment that change: a year announced, times on hold, and one signature for several checkpoints."""

from datetime import date

from gongjian.assignments import services
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import AnnouncedYear
from gongjian.assignments.queries import history, reading, snapshot_of
from gongjian.assignments.states import State
from gongjian.engines.workdays.announcements import dump_notice
from gongjian.engines.workdays.calendar import Holiday, YearNotice
from gongjian.notices.models import Notice
from tests.assignments.doing import AT, bring_to, handed_over, moment, signed
from tests.factories import RegimeFactory


def test_dues_that_reach_into_a_year_are_counted_anew_once_it_is_announced(c):
    a = handed_over(c, regime=signed(close=30))  # thirty working days, New Year off by law: into January
    near = handed_over(c, regime=signed(close=3))
    before, events = a.due_on, len(history(near))
    assert (before.year, a.provisional) == (2027, True)
    notice = YearNotice(2027, "测试文号", True, (Holiday("元旦", date(2027, 1, 1), date(2027, 1, 4)),), ())
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


def announce(c, first, last, *, made_up=()):
    """Put a year with one festival in force."""
    notice = YearNotice(2027, "测试文号", True, (Holiday("元旦", first, last),), made_up)
    row = services.propose_year(dump_notice(notice), by=c.administrator, at=AT)
    return services.adopt_year(row, by=c.administrator, at=AT)


NEW_YEAR = (date(2027, 1, 1), date(2027, 1, 5))  # two working days more than the law says


def test_days_spent_on_hold_are_counted_anew_with_the_calendar(c):
    a = services.accept(handed_over(c, regime=signed(close=30)), by=c.handler, at=AT)
    services.hold(a, reason="等批复", by=c.clerk, at=moment("2026-12-30"))
    a = services.resume(a, by=c.clerk, at=moment("2027-01-06"))
    (hold,), last = snapshot_of(a).holds, snapshot_of(a).checkpoints[-1]
    assert (hold.working_days, last.shift) == (4, 4)
    assert announce(c, *NEW_YEAR) == 1
    a.refresh_from_db()
    (hold,), last = snapshot_of(a).holds, snapshot_of(a).checkpoints[-1]
    assert (hold.working_days, last.shift) == (2, 2)
    calendar = current_calendar()
    assert a.due_on == calendar.add(calendar.add(AT.date(), 30), 2)
    assert services.recompute_due(year=2027, by=None, at=AT) == 0


def test_an_extension_keeps_its_day_and_only_the_hold_after_it_is_counted_anew(c):
    a = services.accept(handed_over(c, regime=signed(close=20)), by=c.handler, at=AT)
    services.hold(a, reason="等批复", by=c.clerk, at=moment("2026-12-01"))
    a = services.resume(a, by=c.clerk, at=moment("2026-12-03"))
    services.ask_extension(
        a, until=date(2027, 1, 8), reason="设备晚到", by=c.handler, at=moment("2026-12-04")
    )
    a = services.grant_extension(a, by=c.clerk, at=moment("2026-12-04"))
    services.hold(a, reason="等批复", by=c.clerk, at=moment("2026-12-31"))
    a = services.resume(a, by=c.clerk, at=moment("2027-01-06"))
    assert snapshot_of(a).checkpoints[-1].shift == 3
    announce(c, *NEW_YEAR)
    a.refresh_from_db()
    last = snapshot_of(a).checkpoints[-1]
    assert (last.fixed, last.shift, last.due_on) == (date(2027, 1, 8), 1, date(2027, 1, 11))


def test_an_agreed_date_of_a_new_round_is_counted_anew(c):
    a = bring_to(c, State.RESOLVED, due=date(2026, 12, 8))
    days = current_calendar().working_days_between(AT.date(), date(2026, 12, 8))
    a = services.reopen(a, reason="没有办好", by=c.clerk, at=moment("2026-12-25"))
    counted = snapshot_of(a).checkpoints[-1]
    assert (counted.fixed, counted.amount) == (None, days)
    before = a.due_on
    announce(c, *NEW_YEAR)
    a.refresh_from_db()
    assert a.due_on == current_calendar().add(date(2026, 12, 25), days) > before


def test_an_instruction_in_working_days_is_counted_anew_and_the_unit_is_told(c):
    a = handed_over(c, regime=signed(close=3))
    made = services.instruct(a, text="请三日内报告", working_days=3, by=c.leader, at=moment("2026-12-30"))
    assert made.due_on == date(2027, 1, 5)
    announce(c, *NEW_YEAR)
    made.refresh_from_db()
    assert made.due_on == date(2027, 1, 7)
    told = Notice.objects.filter(unit=made.lead_unit, key__startswith="year-2027")
    assert ["1项在办事项" in notice.words for notice in told] == [True]


def test_a_supporting_unit_s_days_are_counted_anew(c):
    a = handed_over(c, regime=signed(close=40), supporting_units=[c.other_bureau])
    a = services.accept(a, by=c.handler, at=AT)
    (support,) = a.supports.all()
    assert support.due_on < date(2027, 1, 1)
    services.hold(a, reason="等批复", by=c.clerk, at=AT)
    a = services.resume(a, by=c.clerk, at=moment("2027-01-06"))
    (before,) = snapshot_of(a).supports
    announce(c, *NEW_YEAR)
    (after,) = snapshot_of(a).supports
    assert after.shift == before.shift - 2  # two days of the hold were none
    assert a.supports.get().due_on == current_calendar().add(AT.date(), after.amount + after.shift)
