"""Who left, what stays (未移交事项): open matters are listed and handed on in one step; the past stays under the old name."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import history, snapshot_of
from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.people import services as people
from gongjian.people.models import Account
from gongjian.problems.open_matters import queries
from gongjian.problems.open_matters.services import hand_on_of_person, hand_on_of_unit
from gongjian.visits import services as visits
from tests import scenes
from tests.assignments.doing import AT, colleague, do, handed_over
from tests.factories import (
    ArticleFactory,
    ChannelFactory,
    DraftFactory,
    PairingFactory,
    PersonFactory,
    PolicyVersionFactory,
    RungFactory,
    UnitFactory,
)
from tests.web.counting import wrong_numbers
from tests.web.test_pages import signed_in

TODAY = AT.date()


@pytest.fixture
def c(db):
    return scenes.city()


def visit(c, lead):
    return visits.plan(
        kind="VISIT",
        title="走访恒岳机械",
        area=c.county,
        starts_on=TODAY + timedelta(days=3),
        ends_on=TODAY + timedelta(days=3),
        lead=lead,
        enterprises=[c.firm],
        by=c.clerk,
        at=AT,
    )


def leaves(c):
    people.end_tenure(c.director.tenures.get(), until=TODAY - timedelta(days=1), by=c.clerk, at=AT)


def test_all_that_a_person_leaves_behind_goes_to_one_person_in_one_step(c):
    tasks = [handed_over(c), do(c, handed_over(c), "accept"), do(c, handed_over(c), "hold")]
    closed = handed_over(c)
    for verb in ("accept", "resolve", "pass_check", "close"):
        closed = do(c, closed, verb)
    pairing, planned = PairingFactory(enterprise=c.firm, person=c.director), visit(c, c.director)
    leaves(c)
    found = queries.matters_of_person(c.director, c.clerk, today=TODAY)
    assert {matter.key for matter in found} == {
        *(f"assignment-{task.pk}" for task in tasks),
        f"pairing-{pairing.pk}",
        f"visit-{planned.pk}",
    }
    heir = colleague(c.bureau)
    result = hand_on_of_person(
        c.director, to={matter.key: (None, heir) for matter in found}, reason="局长调离", by=c.clerk, at=AT
    )
    assert (result.done, result.refused) == (5, ())
    assert set(Assignment.objects.filter(responsible_person=heir)) == set(tasks)
    assert [str(history(task)[-1]) for task in tasks] == [f"责任人由陆川平换为{heir.name}：局长调离"] * 3
    closed.refresh_from_db()
    assert closed.responsible_person == c.director
    pairing.refresh_from_db()
    planned.refresh_from_db()
    assert (pairing.until, planned.lead) == (TODAY, heir)
    assert c.firm.pairings.get(until__isnull=True).person == heir
    assert queries.matters_of_person(c.director, c.clerk, today=TODAY) == []


def test_row_by_row_and_what_is_refused_stops_nothing_else(c):
    first, second, third = (handed_over(c) for _n in range(3))
    heir = colleague(c.bureau)
    to = {f"assignment-{first.pk}": (c.bureau, heir), f"assignment-{second.pk}": (None, c.other_director)}
    result = hand_on_of_person(c.director, to=to, reason="分工调整", by=c.clerk, at=AT)
    assert result.done == 1
    assert "不是市金融局的人" in result.refused[0]
    for task, person in ((first, heir), (second, c.director), (third, c.director)):
        task.refresh_from_db()
        assert task.responsible_person == person
    with pytest.raises(Refused, match="移交的原因"):
        hand_on_of_person(c.director, to=to, reason=" ", by=c.clerk, at=AT)


@pytest.mark.parametrize("state", ["ASSIGNED", "IN_PROGRESS", "ON_HOLD", "RESOLVED", "CHECKED"])
def test_a_merged_unit_hands_its_open_matters_on_as_they_stand(c, state):
    from tests.assignments.doing import bring_to

    a = bring_to(c, state)
    past = snapshot_of(a)
    people.disable_unit(c.bureau, on=TODAY, by=c.clerk, at=AT)
    to = {f"assignment-{a.pk}": (c.other_bureau, c.other_director)}
    assert hand_on_of_unit(c.bureau, to=to, reason="机构合并", by=c.clerk, at=AT).done == 1
    a.refresh_from_db()
    assert (a.lead_unit, a.responsible_person, a.state, a.due_on) == (
        c.other_bureau,
        c.other_director,
        state,
        past.due_on,
    )
    assert (a.dispatches, a.round) == (past.dispatches, past.round)
    assert "安川市金融工作局" in str(history(a)[0])  # the past stays under the old name
    assert str(history(a)[-1]) == "由安川市人力资源局承接，责任人温以宁：机构合并"


def test_what_it_supports_goes_on_too(c):
    third = UnitFactory(name="安川市数据局", area=c.city)
    a = handed_over(c, supporting_units=[c.other_bureau])
    found = queries.matters_of_unit(c.other_bureau, c.clerk, today=TODAY)
    assert [matter.key.split("-")[0] for matter in found] == ["support"]
    hand_on_of_unit(c.other_bureau, to={found[0].key: (third, c.director)}, reason="合并", by=c.clerk, at=AT)
    assert [support.unit for support in a.supports.all()] == [third]


def test_nothing_stays_silently_without_a_holder(c):
    mine, other = (
        handed_over(c),
        handed_over(c, lead_unit=c.other_bureau, responsible_person=c.other_director),
    )
    assert not queries.without_a_holder(c.clerk, today=TODAY).exists()
    leaves(c)
    assert list(queries.without_a_holder(c.clerk, today=TODAY)) == [mine]
    people.disable_unit(c.other_bureau, on=TODAY, by=c.clerk, at=AT)
    assert set(queries.without_a_holder(c.clerk, today=TODAY)) == {mine, other}
    people.appoint(c.director, unit=c.office, title="主任", since=TODAY, by=c.clerk, at=AT)  # moved, not gone
    assert mine in queries.without_a_holder(c.clerk, today=TODAY)
    PairingFactory(enterprise=c.firm, person=c.other_director)
    assert not queries.pairings_without_a_person(c.clerk, today=TODAY).exists()
    people.end_tenure(c.other_director.tenures.get(), until=date(2026, 11, 1), by=c.clerk, at=AT)
    assert queries.pairings_without_a_person(c.clerk, today=TODAY).count() == 1


def test_only_what_the_clerk_may_open_is_listed(c):
    here, there = handed_over(c), handed_over(c, area=c.other_county)
    found = queries.matters_of_unit(c.bureau, c.county_clerk, today=TODAY)
    assert [matter.record for matter in found] == [here]
    assert there in [m.record for m in queries.matters_of_unit(c.bureau, c.clerk, today=TODAY)]


def test_ending_a_tenure_and_disabling_a_unit_lead_to_the_list_and_one_press_hands_all_on(db):
    world = scenes.ledger(timezone.now() - timedelta(minutes=5))
    c, clerk, today = world.city, signed_in(world.city.clerk), timezone.localdate()
    colleague(c.bureau)
    tenure = c.director.tenures.get()
    there = clerk.post(
        reverse("tenure-end", args=[tenure.pk]), {f"end{tenure.pk}-until": today - timedelta(days=1)}
    )
    assert there["Location"] == reverse("person-open-matters", args=[c.director.pk])
    page = clerk.get(there["Location"]).content.decode()
    assert world.owed.assignment.number in page
    assert world.owed.assignment.number in clerk.get(reverse("open-matters")).content.decode()
    assert reverse("open-matters") in clerk.get(reverse("triage")).content.decode()
    filled = clerk.post(there["Location"], {"likeliest": "yes", "reason": "调离"}).content.decode()
    assert "selected" in filled
    refused = clerk.post(there["Location"], {"reason": "局长调离"})
    assert refused.status_code == 422
    assert "局长调离" in refused.content.decode()
    matters = queries.matters_of_person(c.director, c.clerk, today=today)
    rows = {f"to-{matter.key}": "all" for matter in matters}
    heir = colleague(c.bureau)
    facts = rows | {"reason": "局长调离", "responsible_person": heir.pk}
    assert clerk.post(there["Location"], facts).status_code == 302
    world.owed.assignment.refresh_from_db()
    assert world.owed.assignment.responsible_person == heir
    gone = clerk.post(reverse("unit-disable", args=[c.bureau.pk]), {"on": today})
    assert gone["Location"] == reverse("unit-open-matters", args=[c.bureau.pk])
    rows = {f"to-{m.key}": "all" for m in queries.matters_of_unit(c.bureau, c.clerk, today=today)}
    facts = rows | {
        "reason": "机构合并",
        "lead_unit": c.other_bureau.pk,
        "responsible_person": c.other_director.pk,
    }
    assert clerk.post(gone["Location"], facts).status_code == 302
    assert not Assignment.objects.filter(lead_unit=c.bureau, state__in=["ASSIGNED", "IN_PROGRESS"]).exists()
    assert signed_in(c.handler).get(gone["Location"]).status_code == 403


def test_a_unit_does_not_take_over_from_itself_and_only_the_office_decides(c):
    a = handed_over(c)
    facts = {"responsible_person": c.other_director, "reason": "机构合并", "at": AT}
    with pytest.raises(Refused, match="已经是牵头单位"):
        assignments.take_over(a, lead_unit=c.bureau, by=c.clerk, **facts)
    with pytest.raises(Refused, match="您的账号不在其中"):
        assignments.take_over(a, lead_unit=c.other_bureau, by=c.handler, **facts)
    assert assignments.take_over(a, lead_unit=c.other_bureau, by=c.clerk, **facts).lead_unit == c.other_bureau


@pytest.fixture
def world(db):
    return scenes.ledger(timezone.now() - timedelta(minutes=5))


def test_appointing_somebody_elsewhere_leads_to_what_stays(world):
    c, clerk = world.city, signed_in(world.city.clerk)
    url, typed = (
        reverse("person-appoint", args=[c.director.pk]),
        {"title": "局长", "since": timezone.localdate()},
    )
    there = clerk.post(url, typed | {"unit": c.other_bureau.pk})
    assert there["Location"] == reverse("person-open-matters", args=[c.director.pk])
    assert world.owed.assignment.number in clerk.get(there["Location"]).content.decode()
    again = clerk.post(
        reverse("person-appoint", args=[(idle := PersonFactory()).pk]), typed | {"unit": c.bureau.pk}
    )
    assert again["Location"] == reverse("person", args=[idle.pk])  # a first post leaves nothing behind
    moved = clerk.post(reverse("person-appoint", args=[idle.pk]), typed | {"unit": c.other_bureau.pk})
    assert "没有未了结的事项" in clerk.get(moved["Location"]).content.decode()


def test_who_may_not_hand_on_sees_the_matters_and_whom_to_ask_but_no_button(world):
    c = world.city
    for kind, holder in (("unit", c.bureau), ("person", c.director)):
        address = reverse(f"{kind}-open-matters", args=[holder.pk])
        pages = [signed_in(who).get(address).content.decode() for who in (c.administrator, c.clerk)]
        assert all(world.owed.assignment.number in page for page in pages)
        assert ["移交由攻坚办办理" in page for page in pages] == [True, False]
        assert ['name="reason"' in page for page in pages] == [False, True]
        assert ['name="likeliest"' in page for page in pages] == [False, True]


def test_one_reason_for_many_rows_is_said_once(world):
    c, administrator = world.city, signed_in(world.city.administrator)
    handed_over(c)
    address = reverse("unit-open-matters", args=[c.bureau.pk])
    matters = queries.matters_of_unit(c.bureau, c.administrator, today=timezone.localdate())
    facts = {f"to-{matter.key}": "all" for matter in matters} | {"reason": "机构合并"}
    facts |= {"lead_unit": c.other_bureau.pk, "responsible_person": c.other_director.pk}
    assert len(matters) > 1
    page = administrator.post(address, facts, follow=True).content.decode()
    assert page.count("承接要由攻坚办来做") == 1


def test_renaming_and_merging_a_unit_lead_to_what_is_open(world):
    c, clerk, today = world.city, signed_in(world.city.clerk), timezone.localdate()
    there = reverse("unit-open-matters", args=[c.bureau.pk])
    facts = {
        "name": c.bureau.name,
        "short_name": c.bureau.short_name,
        "kind": c.bureau.kind,
        "duties": c.bureau.duties,
    }
    url = reverse("unit-edit", args=[c.bureau.pk])

    def edited(**changed):
        page = clerk.get(url).content.decode()
        version = dict(re.findall(r'name="(version|seen)[^"]*" value="([^"]*)"', page))
        return clerk.post(url, facts | version | {"version": version.get("version", "")} | changed)

    assert edited(name="市金融工作局")["Location"] == there
    assert world.owed.assignment.number in clerk.get(there).content.decode()
    merged = clerk.post(reverse("unit-disable", args=[c.bureau.pk]), {"on": today, "into": c.other_bureau.pk})
    assert merged["Location"] == f"{there}?to={c.other_bureau.pk}"
    assert f'value="{c.other_bureau.pk}"' in clerk.get(merged["Location"]).content.decode()
    told = Event.objects.filter(name="unit.merged").latest("seq")
    assert told.data["into"] == c.other_bureau.name


@pytest.mark.parametrize("role", ["handler", "leader", "officer"])
def test_closing_an_account_leads_to_what_is_open(world, role):
    c, administrator = world.city, signed_in(world.city.administrator)
    account = getattr(c, role)
    there = administrator.post(reverse("account-switch", args=[account.pk]), {"active": "no"})["Location"]
    wanted = (
        ("person-open-matters", account.person_id)
        if account.person_id
        else ("unit-open-matters", account.unit_id)
    )
    assert there == reverse(wanted[0], args=[wanted[1]])
    assert administrator.get(there).status_code == 200


def test_what_hangs_on_an_account_is_listed_when_it_is_closed(world):
    c, administrator = world.city, signed_in(world.city.administrator)
    clerk = c.clerk
    channel = ChannelFactory(account=clerk, unit=None)
    DraftFactory(article=(article := ArticleFactory(area=c.county, taken_in_by=clerk)))
    version = PolicyVersionFactory(written_by=clerk, state="DRAFT")
    page = administrator.get(reverse("account", args=[clerk.pk])).content.decode()
    assert channel.name not in page
    there = administrator.post(reverse("account-switch", args=[clerk.pk]), {"active": "no"})["Location"]
    page = administrator.get(there).content.decode()
    for name in (channel.name, article.title, version.policy.name):
        assert name in page, name


def test_what_a_person_and_a_unit_leave_besides_their_matters(world):
    c, clerk = world.city, signed_in(world.city.clerk)
    c.handler.person = c.director
    c.handler.save(update_fields=["person"])
    channel, of_unit = (
        ChannelFactory(account=c.handler, unit=None),
        ChannelFactory(account=None, unit=c.bureau),
    )
    rung = RungFactory(unit=c.bureau, person=c.director)
    below = UnitFactory(area=c.county, superior=c.bureau)
    person = clerk.get(reverse("person-open-matters", args=[c.director.pk])).content.decode()
    unit = clerk.get(reverse("unit-open-matters", args=[c.bureau.pk])).content.decode()
    for page, names in ((person, [c.handler.username, channel.name]), (unit, [of_unit.name, below.name])):
        for name in [*names, f"{rung.unit.name}·{rung.person.name}"]:
            assert name in page, name


def test_today_says_how_many_tasks_nobody_holds_and_opens_them(world):
    c, clerk, today = world.city, signed_in(world.city.clerk), timezone.localdate()
    link = reverse("open-matters")
    assert 'data-measure="unheld_tasks"' not in clerk.get(reverse("today")).content.decode()
    tenure = c.director.tenures.get()
    Account.objects.filter(pk=c.handler.pk).update(person=c.director, unit=None)
    clerk.post(reverse("tenure-end", args=[tenure.pk]), {f"end{tenure.pk}-until": today - timedelta(days=1)})
    wrong, by_scope = wrong_numbers(clerk, [reverse("today")])
    assert wrong == []
    assert any(scope[0] == "unheld_tasks" for scope in by_scope)
    page = clerk.get(link).content.decode()
    assert page.count("data-row") == queries.without_a_holder(c.clerk, today=today).count() > 0
    assert "还能登录的账号" in page


def test_a_list_that_holds_back_rows_says_so(world):
    c = world.city
    handed_over(c, area=c.other_county)
    page = signed_in(c.county_clerk).get(reverse("unit-open-matters", args=[c.bureau.pk])).content.decode()
    assert "不向您的账号开放" in page
