"""The due day of a complaint follows the calendar: whatever a year's notice changes is counted anew."""

from datetime import date

import pytest

from gongjian.assignments import services as assignments
from gongjian.audit.models import Event
from gongjian.complaints import services
from gongjian.complaints.events import ComplaintEvent
from gongjian.complaints.states import ComplaintKind, ComplaintOutcome
from gongjian.engines.workdays.announcements import dump_notice
from gongjian.engines.workdays.calendar import Holiday, YearNotice
from gongjian.notices.models import Notice
from tests import scenes
from tests.assignments.doing import moment


@pytest.fixture
def c(db):
    return scenes.city()


def made(c, day, **facts):
    facts = {"kind": ComplaintKind.FORMS, "text": "同一张表两个部门都要", "nameless": False} | facts
    return services.complain(**facts, by=c.handler, at=moment(day))[0]


def announce(c, first, last, made_up=()):
    notice = YearNotice(2027, "测试文号", True, (Holiday("元旦", first, last),), made_up)
    row = assignments.propose_year(dump_notice(notice), by=c.administrator, at=moment("2026-12-30"))
    return assignments.adopt_year(row, by=c.administrator, at=moment("2026-12-30"))


@pytest.mark.parametrize(
    "case",
    [
        ("2026-12-29", "2027-01-06", date(2027, 1, 4), (), "2027-01-07"),
        ("2026-12-29", "2027-01-06", date(2027, 1, 3), (), "2027-01-06"),
        ("2026-12-28", "2027-01-05", date(2027, 1, 1), (date(2027, 1, 2),), "2027-01-04"),
        ("2026-12-24", "2026-12-31", date(2027, 1, 3), (date(2026, 12, 26),), "2026-12-30"),
    ],
)
def test_an_open_complaint_is_counted_anew(c, case):
    day, before, last, made_up, after = case
    complaint = made(c, day)
    assert complaint.due_on == date.fromisoformat(before)
    changed = announce(c, date(2027, 1, 1), last, made_up)
    complaint.refresh_from_db()
    assert (complaint.due_on, changed) == (date.fromisoformat(after), int(before != after))
    events = Event.objects.filter(name=ComplaintEvent.DUE_RECOUNTED.value)
    assert [(e.data["before"], e.data["due"]) for e in events] == [(before, after)] * changed
    assert Notice.objects.filter(key__startswith=f"complaint-moved-{complaint.pk}").exists() is bool(changed)


def test_an_answered_one_stays_and_a_reopened_one_is_counted_from_its_reopening(c):
    answered, again = made(c, "2026-12-29"), made(c, "2026-12-01", text="多头填报")
    facts = {"outcome": ComplaintOutcome.ACCEPTED, "text": "合并成一张表", "by": c.clerk}
    services.answer(answered, **facts, at=moment("2026-12-30"))
    services.answer(again, **facts, at=moment("2026-12-04"))
    services.reopen(again, reason="还在要", by=c.handler, at=moment("2026-12-30"))
    announce(c, date(2027, 1, 1), date(2027, 1, 4))
    for complaint, due in ((answered, date(2027, 1, 6)), (again, date(2027, 1, 8))):
        complaint.refresh_from_db()
        assert complaint.due_on == due
