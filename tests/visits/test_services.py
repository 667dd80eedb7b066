"""Planning a visit or meeting, what came of it at each firm, finishing and calling off."""

from datetime import date, timedelta

import pytest

from gongjian.audit import Refused
from gongjian.audit.changes import field_changes
from gongjian.audit.queries import events_of
from gongjian.problems import services as problems
from gongjian.visits import perms, services
from gongjian.visits.models import Note, Visit
from gongjian.visits.queries import stops_elsewhere, told_of, visible_to, visits_on
from gongjian.visits.states import NoteHeading, StopResult, VisitState
from tests import scenes
from tests.factories import (
    AT,
    TODAY,
    AccountFactory,
    EnterpriseFactory,
    PairingFactory,
    PersonFactory,
    StopFactory,
)


@pytest.fixture
def c(db):
    return scenes.city()


def plan(c, **more):
    facts = {
        "kind": "VISIT",
        "title": " 走访恒岳机械 ",
        "area": c.county,
        "starts_on": TODAY,
        "ends_on": TODAY,
    }
    facts |= {"enterprises": [c.firm], "lead": c.leader.person, "by": c.clerk, "at": AT}
    return services.plan(**(facts | more))


def update(c, visit, **more):
    facts = {
        name: getattr(visit, name) for name in ("kind", "title", "area", "starts_on", "ends_on", "place")
    }
    facts |= {
        "participants": visit.participants.all(),
        "enterprises": [s.enterprise for s in visit.stops.all()],
    }
    return services.update(visit, **(facts | more), by=c.clerk, at=AT)


def last(visit):
    return list(events_of(visit))[-1]


def test_a_visit_is_planned_with_its_firms_once_each_in_order(c):
    other = EnterpriseFactory(area=c.county)
    visit = plan(c, enterprises=[c.firm, other, c.firm], participants=[c.director])
    assert visit.title == "走访恒岳机械"
    assert [stop.enterprise for stop in visit.stops.order_by("order")] == [c.firm, other]
    assert list(visit.participants.all()) == [c.director]
    assert last(visit).name == "visit.planned"


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"title": " "}, "title", "请填写名称"),
        ({"ends_on": TODAY - timedelta(1)}, "ends_on", "早于开始"),
        ({"ends_on": TODAY + timedelta(31)}, "ends_on", "最多跨 31 天"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(c, more, field, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        plan(c, **more)
    assert refusal.value.field == field
    assert not Visit.objects.exists()


def test_the_longest_visit_is_thirty_one_days(c):
    plan(c, ends_on=TODAY + timedelta(30))


@pytest.mark.parametrize("who", ["handler", "auditor", "administrator"])
def test_only_those_who_go_to_firms_plan(c, who):
    with pytest.raises(Refused, match="可以记录走访"):
        plan(c, by=getattr(c, who))


def test_a_county_plans_only_in_its_own_area(c):
    visit = plan(c, by=c.county_clerk)
    assert perms.can_write(c.county_clerk, visit)
    with pytest.raises(Refused):
        plan(c, area=c.other_county, by=c.county_clerk)
    elsewhere = plan(c, area=c.other_county)
    assert not perms.can_write(c.county_clerk, elsewhere)


def test_a_correction_tells_old_and_new(c):
    visit, other = plan(c), EnterpriseFactory(name="安川市汇川食品有限公司", area=c.county)
    update(c, visit, title="走访两家企业", enterprises=[c.firm, other], participants=[c.director])
    changes = {c.label: (c.old, c.new) for c in field_changes(last(visit), personal=True)}
    assert changes["名称"] == ("走访恒岳机械", "走访两家企业")
    assert changes["参加人员"] == ("—", "陆川平")
    assert changes["走访企业"][1].endswith("安川市汇川食品有限公司")
    assert set(last(visit).data["changed"].split("、")) == set(changes)  # PostgreSQL keeps no order of keys
    assert [stop.order for stop in visit.stops.order_by("order")] == [1, 2]


def test_a_correction_that_changes_nothing_leaves_no_event(c):
    visit = plan(c)
    update(c, visit)
    assert [event.name for event in events_of(visit)] == ["visit.planned"]


def test_a_firm_leaves_the_visit_only_while_nothing_was_noted(c):
    visit = plan(c)
    update(c, visit, enterprises=[])
    assert not visit.stops.exists()
    stop = services.add_stop(visit, enterprise=c.firm, by=c.clerk, at=AT)
    services.add_note(visit, stop=stop, heading="MARKET", text="订单增加", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="不能从这次走访里去掉"):
        update(c, visit, enterprises=[])
    assert visit.stops.exists()


def test_a_firm_is_added_once(c):
    visit = plan(c)
    with pytest.raises(Refused, match="已经在这次走访里"):
        services.add_stop(visit, enterprise=c.firm, by=c.clerk, at=AT)


@pytest.mark.parametrize("result", ["NOTHING", "NOT_FOUND", "PROBLEMS"])
def test_every_result_is_a_full_result(c, result):
    stop = plan(c).stops.get()
    services.record_stop(stop, result=result, received_by=" 高总 ", notes={}, by=c.clerk, at=AT)
    stop.refresh_from_db()
    assert (stop.result, stop.received_by) == (result, "高总")
    assert last(stop.visit).data["before"] == ""


def test_a_result_is_asked_for(c):
    with pytest.raises(Refused, match="没有问题也是结果"):
        services.record_stop(plan(c).stops.get(), result="", notes={}, by=c.clerk, at=AT)


def test_notes_stand_under_their_heading_once_and_old_texts_stay_in_the_trail(c):
    stop = plan(c).stops.get()
    for text in ("订单增加", "订单减少", "订单减少", ""):
        services.record_stop(stop, result="NOTHING", notes={NoteHeading.MARKET: text}, by=c.clerk, at=AT)
    assert not Note.objects.exists()
    recorded = [event.data["notes"] for event in events_of(stop.visit) if event.name == "visit.stop_recorded"]
    assert [[(n["before"], n["text"]) for n in notes] for notes in recorded] == [
        [("", "订单增加")],
        [("订单增加", "订单减少")],
        [],
        [("订单减少", "")],
    ]


def test_difficulties_are_noted_as_problems_not_as_text(c):
    with pytest.raises(Refused, match="请逐条记成问题"):
        services.record_stop(
            plan(c).stops.get(), result="PROBLEMS", notes={NoteHeading.DIFFICULTY: "缺工"}, by=c.clerk, at=AT
        )


def test_with_a_problem_noted_the_result_says_so(c):
    visit = plan(c)
    problems.record(enterprise=c.firm, text="缺工", visit=visit, by=c.clerk, at=AT)
    stop = visit.stops.get()
    assert stop.result == StopResult.PROBLEMS
    with pytest.raises(Refused, match="只能是"):
        services.record_stop(stop, result="NOTHING", notes={}, by=c.clerk, at=AT)


def test_a_note_has_text_and_a_firm_of_this_visit(c):
    visit = plan(c)
    with pytest.raises(Refused, match="请写内容"):
        services.add_note(visit, heading="STATEMENT", text=" ", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="不在这次走访里"):
        services.add_note(visit, stop=StopFactory(), heading="MARKET", text="好", by=c.clerk, at=AT)
    note = services.add_note(visit, heading="STATEMENT", text="抓紧", speaker=c.director, by=c.clerk, at=AT)
    assert (note.stop, note.speaker) == (None, c.director)


def test_a_visit_is_finished_once_and_not_before_its_day(c):
    tomorrow = plan(c, starts_on=TODAY + timedelta(1), ends_on=TODAY + timedelta(1))
    with pytest.raises(Refused, match="还没有开始"):
        services.finish(tomorrow, by=c.clerk, at=AT)
    visit = services.finish(plan(c), by=c.clerk, at=AT)
    assert (visit.state, last(visit).data["firms"]) == (VisitState.DONE, 1)
    with pytest.raises(Refused, match="已经记为完成"):
        services.finish(visit, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="不能取消"):
        services.cancel(visit, reason="改期", by=c.clerk, at=AT)


def test_a_visit_is_called_off_with_a_reason_while_it_is_empty(c):
    visit = plan(c)
    with pytest.raises(Refused, match="取消原因"):
        services.cancel(visit, reason=" ", by=c.clerk, at=AT)
    services.cancel(visit, reason="改期", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="已经取消"):
        services.add_note(visit, heading="STATEMENT", text="好", by=c.clerk, at=AT)
    busy = plan(c)
    services.record_stop(busy.stops.get(), result="NOTHING", notes={}, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="已有走访记录"):
        services.cancel(busy, reason="改期", by=c.clerk, at=AT)


def test_who_sees_which_visits(c):
    visit, elsewhere = plan(c), plan(c, area=c.other_county)
    assert set(visible_to(c.clerk)) == {visit, elsewhere}
    assert set(visible_to(c.county_clerk)) == {visit}
    assert not visible_to(AccountFactory(role="ENTERPRISE")).exists()
    c.officer.reads_area = c.other_county
    assert set(visible_to(c.officer)) == {elsewhere}
    PairingFactory(enterprise=c.firm, person=c.officer.person)
    assert set(visible_to(c.officer)) == {visit, elsewhere}
    alone = AccountFactory(role="OFFICER", reads_area=c.county, person=PersonFactory())
    assert set(visible_to(alone)) == {visit}


def test_the_visits_of_a_day(c):
    long = plan(c, starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 26))
    services.cancel(plan(c), reason="改期", by=c.clerk, at=AT)
    plan(c, starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 25))
    assert list(visits_on(Visit.objects.all(), TODAY)) == [long]


def test_what_was_heard_at_other_firms_is_told_apart(c):
    other = EnterpriseFactory(area=c.county, name="凌云化工有限公司")
    visit = plan(c, enterprises=[c.firm, other])
    for stop in visit.stops.all():
        services.record_stop(stop, result="NOTHING", notes={}, by=c.clerk, at=AT)
    elsewhere = told_of(stops_elsewhere(c.firm))
    told = [str(event) for event in events_of(visit).filter(elsewhere)]
    kept = [str(event) for event in events_of(visit).exclude(elsewhere)]
    assert told
    assert all("凌云化工" in sentence for sentence in told)
    assert kept
    assert not any("凌云化工" in sentence for sentence in kept)
