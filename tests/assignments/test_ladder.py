"""Reminder, supervision, interview: each once and in order, whatever the scheduler did; who is told; what is wrong."""

from datetime import date, timedelta

import pytest

from gongjian.assignments import services
from gongjian.assignments.escalation.queries import Superiors, ladders, ladders_with_faults
from gongjian.assignments.escalation.services import current_thresholds, escalation_candidates, run_ladder
from gongjian.assignments.models import Assignment, Escalation, Rung
from gongjian.assignments.queries import escalations, snapshot_of
from gongjian.assignments.states import Step
from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import verify
from gongjian.engines.clock.ladder import Thresholds, step_days, steps_due
from gongjian.engines.workdays.announcements import load_years
from gongjian.notices.models import Notice
from gongjian.notices.queries import count_unread
from gongjian.people.models import Unit
from gongjian.web.subject_pages import page_about
from tests.assignments.doing import handed_over, moment
from tests.factories import AccountFactory, PersonFactory, RungFactory, UnitFactory

DUE = date(2026, 12, 4)  # Friday, eight working days after Tuesday 24 November


@pytest.fixture
def owed(c):
    """A matter signed for, due on 4 December."""
    a = handed_over(c, due=DUE)
    return services.accept(a, by=c.handler, at=moment("2026-11-24"))


@pytest.fixture
def named(c):
    """The leader supervises, another one interviews."""
    other = AccountFactory(role="LEADER", reads_area=c.city, person=PersonFactory(name="顾长风"))
    services.name_superiors(
        [c.bureau], supervision=c.leader.person, interview=other.person, by=c.clerk, at=moment("2026-11-24")
    )
    return other


def steps(a):
    return list(a.escalations.order_by("pk").values_list("step", flat=True))


def tick(day, hour="09:00"):
    return run_ladder(at=moment(f"{day} {hour}"))


# (hand-over, due) -> reminder, supervision, interview; counted by hand on the calendars of 2023 and 2026
DAYS = [
    ("2026-11-24", "2026-12-04", "2026-12-02 2026-12-07 2026-12-16"),
    ("2026-11-24", "2026-12-05", "2026-12-02 2026-12-07 2026-12-16"),  # due on a Saturday
    ("2026-11-24", "2026-11-25", "2026-11-25 2026-11-26 2026-12-07"),  # never on the day it was handed over
    ("2026-11-24", "2026-11-24", "2026-11-25 2026-11-25 2026-12-04"),
    ("2023-01-16", "2023-01-30", "2023-01-28 2023-01-31 2023-02-09"),  # Spring Festival, make-up weekend
    ("2023-01-20", "2023-01-27", "2023-01-28 2023-01-28 2023-02-06"),  # due on the last day of the festival
]


@pytest.mark.parametrize(("sent", "due", "counted"), DAYS)
def test_the_day_of_each_step_is_the_one_counted_by_hand(sent, due, counted):
    found = step_days(
        Thresholds(), due=date.fromisoformat(due), sent=date.fromisoformat(sent), calendar=load_years()
    )
    assert [day.isoformat() for day in found] == counted.split()


def test_only_what_is_being_worked_on_climbs_and_only_on_a_working_day(c, owed):
    def due(day):
        given = {"today": date.fromisoformat(day), "thresholds": Thresholds(), "calendar": load_years()}
        return [one.step for one in steps_due(snapshot_of(owed), **given)]

    assert due("2026-12-04") == ["REMINDER"]  # Friday
    assert due("2026-12-05") == []
    services.hold(owed, reason="等批复", by=c.clerk, at=moment("2026-12-04"))
    assert due("2026-12-04") == []
    assert due("2026-12-05") == []


def test_each_step_is_taken_on_its_day_and_once(c, owed, named):
    taken = {}
    day = date(2026, 11, 24)
    while day <= date(2026, 12, 31):
        for hour in ("08:00", "12:00", "23:00"):
            if tick(day.isoformat(), hour):
                taken[day.isoformat()] = steps(owed)[-1]
        day += timedelta(days=1)
    assert taken == {"2026-12-02": "REMINDER", "2026-12-07": "SUPERVISION", "2026-12-16": "INTERVIEW"}
    assert verify() is None


def test_a_scheduler_off_for_days_makes_up_for_it_in_order_and_once(c, owed, named):
    """Off on the day of the reminder and of the supervision; on again on 10 December."""
    assert tick("2026-12-01") == 0
    assert tick("2026-12-10") == 2
    assert steps(owed) == ["REMINDER", "SUPERVISION"]
    assert [str(one.since) for one in owed.escalations.order_by("pk")] == ["2026-12-02", "2026-12-07"]
    events, told = Event.objects.count(), Notice.objects.count()
    assert tick("2026-12-10") == 0
    assert (Event.objects.count(), Notice.objects.count()) == (events, told)
    names = list(
        Event.objects.filter(name="assignment.escalated").order_by("seq").values_list("data__step", flat=True)
    )
    assert names == ["REMINDER", "SUPERVISION"]
    assert tick("2026-12-25") == 1
    assert steps(owed) == ["REMINDER", "SUPERVISION", "INTERVIEW"]


def test_no_step_is_taken_on_a_day_off(c, owed):
    assert tick("2026-12-05") == 0
    assert tick("2026-12-06") == 0


def test_a_step_writes_no_date(c, owed):
    kept = ("due_on", "next_due_on", "next_warn_on", "next_grave_on", "state", "round")
    before = {name: getattr(owed, name) for name in kept}
    tick("2026-12-25")
    owed.refresh_from_db()
    assert {name: getattr(owed, name) for name in kept} == before
    assert owed.climbed == "INTERVIEW"
    assert owed.last_event == Event.objects.filter(name="assignment.escalated").last().seq


def test_unit_and_superior_are_told(c, owed, named):
    tick("2026-12-25")
    assert set(Notice.objects.exclude(kind="TASK").values_list("kind", "unit", "account")) == {
        ("REMINDER", c.bureau.pk, None),
        ("SUPERVISION", None, c.leader.pk),
        ("SUPERVISION", c.bureau.pk, None),
        ("INTERVIEW", None, named.pk),
        ("INTERVIEW", c.bureau.pk, None),
    }
    notice = Notice.objects.get(account=c.leader)
    assert "已超期15个工作日，请贺远行督促" in notice.text
    assert page_about(notice.subject_kind, notice.subject_id, reader=c.leader) == f"/assignments/{owed.pk}/"
    assert count_unread(c.handler) == 4  # the new task and three steps


def test_a_hold_stops_the_ladder_and_moves_its_days(c, owed):
    services.hold(owed, reason="等批复", by=c.clerk, at=moment("2026-12-01"))
    assert tick("2026-12-25") == 0
    services.resume(
        owed, by=c.clerk, at=moment("2026-12-25")
    )  # 18 working days: due 4 December -> 30 December
    owed.refresh_from_db()
    assert owed.due_on == date(2026, 12, 30)
    assert tick("2026-12-25") == 0
    assert tick("2026-12-28") == 1
    assert steps(owed) == ["REMINDER"]


def test_a_hold_after_a_step_does_not_repeat_it(c, owed):
    tick("2026-12-02")
    services.hold(owed, reason="等批复", by=c.clerk, at=moment("2026-12-02"))
    services.resume(owed, by=c.clerk, at=moment("2026-12-09"))
    for day in ("2026-12-09", "2026-12-10", "2026-12-11"):
        assert tick(day) == 0
    assert tick("2026-12-14") == 1
    assert steps(owed) == ["REMINDER", "SUPERVISION"]


def test_an_extension_begins_anew(c, owed):
    tick("2026-12-02")
    services.ask_extension(
        owed, until=date(2026, 12, 18), reason="设备未到", by=c.handler, at=moment("2026-12-02")
    )
    services.grant_extension(owed, by=c.clerk, at=moment("2026-12-03"))
    owed.refresh_from_db()
    assert owed.climbed == ""
    assert tick("2026-12-10") == 0
    assert tick("2026-12-16") == 1
    assert steps(owed) == ["REMINDER", "REMINDER"]


def test_a_new_round_and_another_unit_begin_anew(c, owed):
    tick("2026-12-25")
    services.reassign(
        owed,
        lead_unit=c.other_bureau,
        responsible_person=c.other_director,
        reason="职责",
        by=c.clerk,
        at=moment("2026-12-25"),
    )
    assert tick("2026-12-25", "18:00") == 0  # not on the day it was given
    assert tick("2026-12-28") == 3
    services.accept(owed, by=c.other_handler, at=moment("2026-12-28"))
    services.resolve(owed, outcome="SOLVED", text="好", by=c.other_handler, at=moment("2026-12-28"))
    assert tick("2026-12-29") == 0
    services.reopen(owed, reason="没解决", due=date(2026, 12, 31), by=c.clerk, at=moment("2026-12-29"))
    assert tick("2026-12-30") == 1
    assert steps(owed) == ["REMINDER", "SUPERVISION", "INTERVIEW"] * 2 + ["REMINDER"]


def test_an_objection_waits_for_the_office(c):
    a = handed_over(c, due=date(2026, 11, 26))
    services.object_to(a, reason="职责不符", by=c.handler, at=moment("2026-11-24"))
    assert tick("2026-12-25") == 0


def test_one_matter_climbs_one_step_at_a_time_by_the_verb(c, owed):
    for _n in range(5):
        services.escalate(owed, at=moment("2026-12-25"))
    assert steps(owed) == ["REMINDER", "SUPERVISION", "INTERVIEW"]
    with pytest.raises(Refused, match="升级要由系统来做"):
        services.escalate(owed, by=c.clerk, at=moment("2026-12-25"))


def test_the_query_leaves_the_rest_of_the_ledger_alone(c, owed):
    far = handed_over(c, due=date(2026, 12, 31))
    assert list(escalation_candidates(date(2026, 12, 2), Thresholds())) == [owed]
    tick("2026-12-02")
    assert not escalation_candidates(date(2026, 12, 3), Thresholds()).exists()
    assert set(escalation_candidates(date(2026, 12, 31), Thresholds())) == {owed, far}


def test_what_was_written_is_what_a_replay_says(c, owed, named):
    tick("2026-12-25")
    snapshot = snapshot_of(Assignment.objects.get(pk=owed.pk))
    assert snapshot.climbed == ("REMINDER", "SUPERVISION", "INTERVIEW")
    assert {one.cycle for one in Escalation.objects.all()} == {snapshot.cycle}


# --- thresholds and superiors


def test_thresholds_are_data(c, owed):
    assert current_thresholds() == Thresholds()
    services.set_thresholds(
        reminder_before=0, supervision_after=3, interview_after=5, by=c.administrator, at=moment("2026-11-24")
    )
    found = {}
    for n in range(4, 14):
        for _step in range(tick(f"2026-12-{n:02}")):
            found[n] = steps(owed)[-1]
    assert found == {4: "REMINDER", 9: "SUPERVISION", 11: "INTERVIEW"}
    with pytest.raises(Refused, match="约谈要在督办之后"):
        services.set_thresholds(
            reminder_before=1, supervision_after=5, interview_after=5, by=c.clerk, at=moment("2026-11-24")
        )
    with pytest.raises(Refused, match="只有市攻坚办"):
        services.set_thresholds(
            reminder_before=1, supervision_after=2, interview_after=5, by=c.leader, at=moment("2026-11-24")
        )


def test_a_missing_superior_is_a_fault_and_the_step_is_taken_all_the_same(c, owed):
    assert [(one.unit, one.faults) for one in ladders_with_faults()] == [
        (c.bureau, ("没有指定督办领导", "没有指定约谈领导"))
    ]
    tick("2026-12-25")
    assert steps(owed) == ["REMINDER", "SUPERVISION", "INTERVIEW"]
    assert owed.escalations.filter(person__isnull=True).count() == 3


def test_a_superior_who_cannot_sign_in_is_a_fault(c, owed):
    services.name_superiors(
        [c.bureau], supervision=c.leader.person, interview=c.director, by=c.clerk, at=moment("2026-11-24")
    )
    assert [one.faults for one in ladders_with_faults()] == [
        ("约谈领导陆川平没有可登录的账号，只能打印送达",)
    ]


def test_a_unit_takes_the_superior_of_the_unit_above(c, owed):
    above = UnitFactory(area=c.city)
    below = UnitFactory(area=c.county, superior=c.bureau)
    Unit.objects.filter(pk=c.bureau.pk).update(superior=above)
    RungFactory(unit=above, step="SUPERVISION", person=c.leader.person)
    RungFactory(unit=c.bureau, step="INTERVIEW", person=c.director)
    found = Superiors()
    assert [found.of(below, step) for step in Step] == [
        None,
        c.leader.person,
        c.director,
    ]
    Unit.objects.filter(pk=above.pk).update(superior=c.bureau)  # a ring is no endless walk
    lowest = UnitFactory(superior=above)
    assert Superiors().of(lowest, Step.INTERVIEW) == c.director
    assert ladders(Unit.objects.filter(pk=below.pk))[0].supervision == c.leader.person


def test_naming_again_replaces_and_none_takes_away(c, named):
    services.name_superiors(
        [c.bureau], supervision=None, interview=c.director, by=c.administrator, at=moment("2026-11-24")
    )
    assert list(Rung.objects.values_list("step", "person")) == [("INTERVIEW", c.director.pk)]
    with pytest.raises(Refused, match="可以指定督办领导"):
        services.name_superiors(
            [c.bureau], supervision=None, interview=None, by=c.county_clerk, at=moment("2026-11-24")
        )


# --- lists


def test_the_supervised_list_shows_the_last_step_of_what_still_climbs(c, owed, named):
    tick("2026-12-10")
    assert [one.step for one in escalations(c.clerk, standing="now")] == ["SUPERVISION"]
    assert len(escalations(c.clerk, standing="ever")) == 2
    assert [one.step for one in escalations(c.handler, standing="now")] == ["SUPERVISION"]
    assert not escalations(c.other_handler, standing="ever")
    stranger = AccountFactory(role="LEADER", reads_area=c.other_county, person=c.leader.person)
    assert [one.step for one in escalations(stranger, standing="now")] == ["SUPERVISION"]
    services.resolve(owed, outcome="SOLVED", text="好", by=c.handler, at=moment("2026-12-10"))
    assert not escalations(c.clerk, standing="now")
    assert len(escalations(c.clerk, standing="ever")) == 2


def test_a_reminder_by_the_office_reaches_the_inbox(c, owed):
    services.remind(owed, text="请本周办结", by=c.clerk, at=moment("2026-11-25"))
    services.remind(owed, by=c.clerk, at=moment("2026-11-26"))
    assert [n.kind for n in Notice.objects.exclude(kind="TASK")] == ["REMINDER", "REMINDER"]
    assert "请本周办结" in Notice.objects.filter(kind="REMINDER").last().text
    owed.refresh_from_db()
    assert owed.climbed == ""
