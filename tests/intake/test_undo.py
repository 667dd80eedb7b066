"""A confirmation is undone on its day with what hung on it, unless somebody has built on it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import State
from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import events_of, verify
from gongjian.intake import services
from gongjian.intake.undo.queries import origin_of, undoable, with_origin
from gongjian.markets.models import Product
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.problems.search.queries import search
from gongjian.problems.search.table import left_over
from gongjian.visits import services as visits
from gongjian.visits.models import Note, Stop, Visit
from tests import scenes
from tests.factories import AT, EnterpriseFactory
from tests.intake.drafts import made

LATER = AT + timedelta(hours=1)
LEDGER = (Visit, Stop, Note, Problem)


@pytest.fixture
def c(db):
    return scenes.city()


def ledger():
    return [model.objects.count() for model in LEDGER]


def undo(c, draft, at=LATER):
    return services.undo_confirmation(draft, by=c.clerk, at=at)


@pytest.fixture
def event(c):
    one = made(c, "MEETING", type="seminar", title="座谈会", enterprises="恒岳机械", people="宛知白")
    services.confirm_draft(one, by=c.clerk, at=AT)
    return one


def passages(c, event):
    """A word, an honour, a problem and a task of the event, all confirmed."""
    about = str(event.order)
    found = [
        made(c, "STATEMENT", text="要抓落实", speaker="许怀远", about=about),
        made(c, "HONOUR", recipient="恒岳机械", honour="先进单位", about=about),
        made(c, "PROBLEM", text="变压器容量不够", enterprise="恒岳机械", category="UTILITIES", about=about),
    ]
    for one in found:
        services.confirm_draft(one, by=c.clerk, at=AT)
    task = made(c, "COMMITMENT", text="六月底前修好路", about=about)
    facts = {"lead_unit": c.bureau, "responsible_person": c.director, "due": date(2026, 12, 20)}
    services.confirm_commitment(task, task="修好路", **facts, by=c.clerk, at=AT)
    return [*found, task]


def visit_of(event):
    event.refresh_from_db()
    return Visit.objects.get(pk=event.result_id)


def test_nothing_of_a_visit_stays_but_its_trail(c, event):
    visit = visit_of(event)
    number, before = visit.pk, Event.objects.count()
    assert undo(c, event).drafts[-1].pk == event.pk
    assert ledger() == [0, 0, 0, 0]
    event.refresh_from_db()
    assert (event.state, event.decided_at, event.result_kind, event.result_id) == ("PENDING", None, "", None)
    assert "left" not in event.fields
    names = list(Event.objects.order_by("seq").values_list("name", flat=True))[before:]
    assert names == ["visit.note_taken_back", "visit.taken_back", "draft.undone"]
    taken = Event.objects.get(name="visit.taken_back")
    assert (taken.subject_id, taken.data["title"], taken.data["firms"]) == (number, "座谈会", [c.firm.name])
    assert verify() is None


def test_what_hung_on_it_goes_with_it(c, event):
    hung = passages(c, event)
    assert ledger() == [1, 1, 3, 1]
    assert list(search(Problem.objects.all(), "变压器"))
    undone = undo(c, event).drafts
    assert {one.pk for one in undone} == {event.pk, *(one.pk for one in hung)}
    assert ledger() == [0, 0, 0, 0]
    assert left_over() == ()
    assert Assignment.objects.get().state == State.WITHDRAWN
    for one in (event, *hung):
        one.refresh_from_db()
        assert (one.state, one.result_id) == ("PENDING", None)
        assert events_of(one).filter(name="draft.undone").count() == 1


def test_it_can_be_confirmed_and_undone_again(c, event):
    for _n in range(2):
        undo(c, event)
        services.confirm_draft(event, by=c.clerk, at=LATER)
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("n", range(4))
def test_one_passage_is_undone_by_itself(c, event, n):
    hung = passages(c, event)
    assert [one.pk for one in undo(c, hung[n]).drafts] == [hung[n].pk]
    visit = visit_of(event)
    assert visit.notes.count() == 1 + 2 - (n < 2)
    assert (visit.stops.get().result == "PROBLEMS") == (n != 2)
    assert Problem.objects.count() == (n != 2)


def _corrected(c, visit):
    facts = {name: getattr(visit, name) for name in ("area", "starts_on", "ends_on", "kind")}
    visits.update(visit, title="改过", participants=[], enterprises=[c.firm], **facts, by=c.clerk, at=LATER)


def _noted(c, visit):
    visits.add_note(visit, heading="OTHER", text="补一笔", by=c.clerk, at=LATER)


def _recorded(c, visit):
    visits.record_stop(visit.stops.get(), result="NOTHING", notes={}, by=c.clerk, at=LATER)


def _added(c, visit):
    visits.add_stop(visit, enterprise=EnterpriseFactory(area=c.county), by=c.clerk, at=LATER)


def _heard(c, visit):
    problems.record(enterprise=c.firm, text="另一个问题", visit=visit, by=c.clerk, at=LATER)


def _goods(c, visit):
    Product.objects.create(
        enterprise=c.firm, side="MAKES", name="轴承", visit=visit, recorded_by=c.clerk, recorded_at=LATER
    )


@pytest.mark.parametrize("build", [_corrected, _noted, _recorded, _added, _heard, _goods])
def test_what_somebody_built_on_stays_with_a_sentence(c, event, build):
    hung = passages(c, event)[0] if build is _noted else None
    build(c, visit_of(event))
    before = ledger()
    with pytest.raises(Refused, match="已有人接着做了"):
        undo(c, event)
    assert ledger() == before
    for one in filter(None, (event, hung)):
        one.refresh_from_db()
        assert one.state == "CONFIRMED"


def _handed_over(c, problem):
    facts = {"lead_unit": c.bureau, "responsible_person": c.director, "on_the_spot": False}
    problems.hand_over(problem, task="增容", due=date(2026, 12, 20), **facts, by=c.clerk, at=LATER)


def _edited(c, problem):
    problems.update(problem, text="变压器容量不足", by=c.clerk, at=LATER)


def _answered(c, problem):
    problems.answer_on_the_spot(problem, answer="已答复", by=c.clerk, at=LATER)


@pytest.mark.parametrize("build", [_handed_over, _edited, _answered])
def test_a_problem_somebody_went_on_with_keeps_its_visit(c, event, build):
    passages(c, event)
    build(c, Problem.objects.get())
    before = ledger()
    with pytest.raises(Refused, match=r"交办或答复|接着做了"):
        undo(c, event)
    assert ledger() == before


def test_a_task_signed_for_keeps_its_visit(c, event):
    passages(c, event)
    assignments.accept(Assignment.objects.get(), by=c.handler, at=LATER)
    with pytest.raises(Refused):
        undo(c, event)
    assert ledger() == [1, 1, 3, 1]


def test_only_on_the_day_itself_in_beijing(c, event):
    local = timezone.localtime(AT)
    last = local.replace(hour=23, minute=59)
    with pytest.raises(Refused, match="只有确认当天"):
        undo(c, event, at=last + timedelta(minutes=1))
    event.refresh_from_db()
    assert undoable(event.decided_at, local.date())
    assert not undoable(event.decided_at, local.date() + timedelta(days=1))
    assert not undoable(None, local.date())
    assert undo(c, event, at=last)


def test_only_a_clerk_of_the_area_and_only_what_is_confirmed(c, event):
    for who in (c.leader, c.county_clerk, c.auditor):
        with pytest.raises(Refused):
            services.undo_confirmation(event, by=who, at=LATER)
    undo(c, event)
    with pytest.raises(Refused, match="没有确认过"):
        undo(c, event)


def test_a_person_that_was_confirmed_waits_again(c):
    one = made(c, "PERSON", name=c.director.name)
    services.confirm_draft(one, by=c.clerk, at=AT)
    undo(c, one)
    one.refresh_from_db()
    assert one.state == "PENDING"
    assert events_of(one).get(name="draft.undone").data["what"] == c.director.name


def test_a_visit_knows_the_report_it_came_from(c, event):
    visit = visit_of(event)
    found = origin_of(with_origin(Visit.objects.all(), c.clerk).get(pk=visit.pk))
    assert found is not None
    assert (found.pk, found.title, found.decided_by, found.decided_at) == (
        event.pk,
        "一篇来稿",
        c.clerk.name,
        AT,
    )
    assert origin_of(with_origin(Visit.objects.all(), c.county_clerk).get(pk=visit.pk)) is None
    assert origin_of(visit) is None


def test_what_is_gone_already_is_left_alone(c, event):
    visit_of(event).delete()
    assert undo(c, event).drafts[-1].pk == event.pk
