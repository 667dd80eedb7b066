"""A record without an area has an owner who may write it: nobody else's office changes it."""

import pytest

from gongjian.assignments.calendar import services as calendar
from gongjian.assignments.escalation import services as escalation
from gongjian.attachments import services as attachments
from gongjian.attachments.services import accept_file
from gongjian.audit import Refused
from gongjian.enterprises.models import Enterprise
from gongjian.markets import services as markets
from gongjian.people import perms
from gongjian.people import services as people
from gongjian.people.models import Person
from gongjian.policies import services as policies
from gongjian.problems import services as problems
from tests import scenes
from tests.factories import (
    AT,
    TODAY,
    AccountFactory,
    AreaFactory,
    PersonFactory,
    PolicyFactory,
    TenureFactory,
    UnitFactory,
)


@pytest.fixture
def c(db):
    return scenes.city()


def other_clerk(c):
    return AccountFactory(role="CLERK", reads_area=c.city, writes_area=c.other_county)


def correct(person, by):
    people.update_person(person, name="改了名", phone="13800000000", note="", by=by, at=AT)


def test_a_county_clerk_does_not_edit_the_head_of_a_city_bureau(c):
    with pytest.raises(Refused, match="安川市攻坚办"):
        correct(c.director, c.county_clerk)
    assert Person.objects.get(pk=c.director.pk).name == "陆川平"
    for by in (c.clerk, c.administrator):
        correct(c.director, by)


def test_a_county_keeps_its_own_people_and_no_other_county_s(c):
    own = TenureFactory(post__unit=UnitFactory(area=c.county)).person
    correct(own, c.county_clerk)
    correct(own, c.clerk)
    with pytest.raises(Refused, match="临河区攻坚办"):
        correct(own, other_clerk(c))


def test_who_serves_in_two_areas_is_kept_by_who_keeps_both(c):
    both = TenureFactory(post__unit=UnitFactory(area=c.county)).person
    TenureFactory(person=both, post__unit=UnitFactory(area=c.other_county))
    for by in (c.county_clerk, other_clerk(c)):
        with pytest.raises(Refused, match="临河区"):
            correct(both, by)
    correct(both, c.clerk)


def test_who_left_belongs_to_where_they_last_served_and_a_new_post_counts_more(c):
    left = TenureFactory(post__unit=UnitFactory(area=c.county), until=TODAY).person
    correct(left, c.county_clerk)
    TenureFactory(person=left, post__unit=c.bureau, post__title="副局长")
    with pytest.raises(Refused):
        correct(left, c.county_clerk)


def test_who_serves_nowhere_belongs_to_who_added_them_else_to_the_city(c):
    mine = people.add_person(name="韦新", by=c.county_clerk, at=AT)
    correct(mine, c.county_clerk)
    for person in (mine, PersonFactory()):
        with pytest.raises(Refused):
            correct(person, other_clerk(c))
    with pytest.raises(Refused, match="全市"):
        correct(PersonFactory(), c.county_clerk)
    correct(PersonFactory(), c.clerk)


def test_a_person_of_the_city_is_not_taken_over_by_appointing(c):
    unit = UnitFactory(area=c.county)
    nobody_s = PersonFactory()
    with pytest.raises(Refused):
        people.appoint(nobody_s, unit=unit, title="顾问", since=None, by=c.county_clerk, at=AT)
    people.appoint(c.director, unit=unit, title="兼职", since=None, by=c.county_clerk, at=AT)
    with pytest.raises(Refused):
        correct(c.director, c.county_clerk)
    with pytest.raises(Refused):
        people.end_tenure(c.director.tenures.first(), until=TODAY, by=c.county_clerk, at=AT)


def test_a_clerk_without_an_area_to_write_in_adds_nobody(c):
    reader = AccountFactory(role="CLERK", reads_area=c.city, writes_area=None)
    with pytest.raises(Refused):
        people.add_person(name="无", by=reader, at=AT)
    assert not perms.can_add_person(c.handler)
    assert perms.can_add_person(c.county_clerk)


def test_lists_of_the_whole_city_are_kept_by_the_city(c):
    """Calendars, the ladder, units and posts of the city, ceilings and drafts of the city's policies."""
    by, at = c.county_clerk, AT
    policy = PolicyFactory(area_code="99")
    rule = scenes.RULE
    for write in (
        lambda: calendar.propose_year("", by=by, at=at),
        lambda: escalation.set_thresholds(
            reminder_before=1, supervision_after=2, interview_after=3, by=by, at=at
        ),
        lambda: people.update_unit(
            c.bureau, name="改", short_name="", kind="DEPARTMENT", superior=None, duties="", by=by, at=at
        ),
        lambda: people.disable_unit(c.bureau, on=TODAY, by=by, at=at),
        lambda: people.add_unit(c.city, name="新局", by=by, at=at),
        lambda: people.appoint(PersonFactory(), unit=c.bureau, title="局长", since=None, by=by, at=at),
        lambda: people.end_tenure(c.director.tenures.get(), until=TODAY, by=by, at=at),
        lambda: policies.set_ceiling(policy, amount=None, by=by, at=at),
        lambda: policies.draft(text=rule, by=by, at=at),
    ):
        with pytest.raises(Refused):
            write()


def test_a_county_drafts_the_policies_of_its_own_area(c):
    county = AreaFactory(name="南岸区", parent=c.city, stat_code="990104000000")
    by = AccountFactory(role="CLERK", reads_area=county, writes_area=county)
    text = scenes.RULE.replace('area: "99"', 'area: "990104"', 1).replace("AC-TEST-LOAD", "NA-1")
    drafted = policies.draft(text=text, by=by, at=AT)
    with pytest.raises(Refused, match="市攻坚办"):
        policies.edit(drafted, text=text.replace("990104", "99", 1), by=by, at=AT)
    with pytest.raises(Refused, match="市攻坚办"):
        policies.edit(drafted, text=text, by=c.county_clerk, at=AT)
    policies.edit(drafted, text=text, by=c.clerk, at=AT)
    cities = policies.draft(text=scenes.RULE, by=c.clerk, at=AT)
    for act in (policies.propose, policies.take_back):
        with pytest.raises(Refused):
            act(cities, by=by, at=AT)


def test_goods_and_files_are_kept_in_the_area_of_their_record(c):
    by = other_clerk(c)
    firm = Enterprise.objects.get(pk=c.firm.pk)
    with pytest.raises(Refused):
        markets.add_products(firm, side="MAKES", names="水泵", by=by, at=AT)
    problem = problems.record(enterprise=c.firm, text="缺人", by=c.clerk, at=AT)
    (file,) = problems.attach(problem, [accept_file("a.pdf", b"%PDF-1")], by=c.clerk, at=AT)
    with pytest.raises(Refused, match="攻坚办撤下"):
        attachments.detach(file, subject=problem, area=problem.area, reason="不要", by=by, at=AT)
    attachments.detach(file, subject=problem, area=problem.area, reason="传错了", by=c.county_clerk, at=AT)
