"""What the clock says in words: the rule, the days left or late, the days skipped by name, holds, extensions, the end."""

from datetime import date

import pytest

from gongjian.assignments import services
from gongjian.assignments.lights.queries import light_of
from gongjian.assignments.models import Regime
from gongjian.assignments.queries import preview, reading, snapshot_of, visible_to
from gongjian.engines.clock.checkpoints import timeline
from gongjian.engines.workdays.announcements import load_years
from tests.assignments.doing import AT, handed_over, moment, signed
from tests.factories import AccountFactory

FRIDAY = moment("2026-09-18")


def why(a, day):
    return reading(a, date.fromisoformat(day)).why


def test_names_the_days_that_do_not_count_and_the_make_up_day(c):
    a = handed_over(c, at=FRIDAY, regime=signed(reply=3, close=9))
    services.accept(a, by=c.handler, at=FRIDAY)
    services.report(a, text="在办", by=c.handler, at=FRIDAY)
    told = why(a, "2026-09-21")
    for part in ("9月18日交办", "“办结”应于", "中秋节", "周末", "调休上班照计：9月20日", "还剩"):
        assert part in told, (part, told)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-26", "还剩1个工作日"),
        ("2026-11-27", "今天到期"),
        ("2026-11-28", "其后尚无工作日"),
        ("2026-12-01", "已超期2个工作日"),
    ],
)
def test_says_how_long_or_how_late(c, day, words):
    a = handed_over(c, due=date(2026, 11, 27))
    told = why(a, day)
    assert words in told, told
    assert "约定" in told


def test_a_hold_an_extension_and_a_wish_are_told(c):
    a = handed_over(c, due=date(2026, 12, 15))
    services.accept(a, by=c.handler, at=moment("2026-11-24"))
    services.hold(a, reason="等省里批复", by=c.clerk, at=moment("2026-11-25"))
    assert "挂账，时钟暂停：等省里批复" in why(a, "2026-11-26")
    services.resume(a, by=c.clerk, at=moment("2026-11-30"))
    assert "挂账3个工作日" in why(a, "2026-11-30")
    services.ask_extension(
        a, until=date(2026, 12, 30), reason="设备未到", by=c.handler, at=moment("2026-12-01")
    )
    assert "申请延期至" in why(a, "2026-12-01")
    services.grant_extension(a, by=c.clerk, at=moment("2026-12-02"))
    assert "批准，延期至" in why(a, "2026-12-02")


def test_the_end_is_told(c):
    a = handed_over(c, due=date(2026, 12, 15))
    services.accept(a, by=c.handler, at=moment("2026-11-24"))
    services.resolve(a, outcome="SOLVED", text="好", by=c.handler, at=moment("2026-11-25"))
    assert "11月25日办结，时钟停在当天" in why(a, "2026-12-25")
    services.pass_check(a, by=c.clerk, at=moment("2026-11-26"))
    services.close(a, by=c.clerk, at=moment("2026-11-27"))
    assert "11月27日销号" in why(a, "2026-12-25")
    services.reopen(a, reason="又坏了", by=c.clerk, at=moment("2026-11-30"))
    assert "第2轮" in why(a, "2026-11-30")
    other = handed_over(c)
    services.withdraw(other, reason="重复", by=c.clerk, at=moment("2026-11-24"))
    assert "交办已撤回" in why(other, "2026-11-25")


def test_a_year_not_yet_announced_is_said(c):
    a = handed_over(c, due=date(2027, 1, 20))
    told = why(a, "2026-12-25")
    assert "2027年放假安排尚未公布" in told
    assert a.provisional


def test_calendar_days_skip_nothing(c):
    a = handed_over(c, at=FRIDAY, regime=signed(span="CALENDAR_DAYS", reply=3, close=9))
    services.accept(a, by=c.handler, at=FRIDAY)
    assert "周末" not in why(a, "2026-09-21")


def test_without_checkpoints_and_date_there_is_no_clock():
    with pytest.raises(ValueError, match="no checkpoint and no date"):
        timeline([], FRIDAY, load_years())


def test_who_sees_an_assignment(c):
    a = handed_over(c)
    assert light_of(a, date(2026, 11, 24)) == reading(a, date(2026, 11, 24)).light
    for account in (c.clerk, c.county_clerk, c.handler, c.auditor):
        assert list(visible_to(account)) == [a], account.role
    for account in (c.other_handler, AccountFactory(role="ENTERPRISE")):
        assert not visible_to(account).exists()
    services.add_support(a, unit=c.other_bureau, by=c.clerk, at=AT)
    assert list(visible_to(c.other_handler)) == [a]
    own_unit = AccountFactory(role="CLERK", reads_area=c.other_county, unit=c.bureau)
    assert list(visible_to(own_unit)) == [a]


def test_an_assignment_without_a_story_is_an_error_of_the_program(c):
    a = handed_over(c)
    a.pk += 1000
    with pytest.raises(RuntimeError):
        snapshot_of(a)


def test_days_are_left_while_the_clock_runs_and_none_while_it_rests(c):
    a = handed_over(c, due=date(2026, 12, 4))  # a Friday
    assert [reading(a, date(2026, 12, day)).working_days_left for day in (2, 4, 7)] == [2, 0, -1]
    services.accept(a, by=c.handler, at=AT)
    services.hold(a, reason="等批复", by=c.clerk, at=AT)
    a.refresh_from_db()
    assert reading(a, date(2026, 12, 2)).working_days_left is None


def test_whatever_regime_is_taken_up_nothing_is_due_on_a_day_off_and_the_reason_says_so(c):
    services.load_regimes(by=None, at=AT)
    calendar, told = load_years(), []
    for source in Regime.objects.filter(in_library=True):
        regime = services.take_up_regime(source, name=f"本办{source.name}", by=None, at=AT)
        for grade in regime.grades:
            for day in range(1, 31, 3):
                dues = preview(regime, grade["key"], moment(f"2026-09-{day:02d}"))
                assert all(calendar.is_working(one.due_on) for one in dues), (regime, day)
        if regime.taken_from.code == "13710-jz":
            a = handed_over(c, regime=regime, grade="general", at=moment("2026-11-27"))
            told.append(why(a, "2026-11-27"))
    assert told == [told[0]]
    assert "11月28日是休息日，到期日顺延到其后第一个工作日" in told[0]
