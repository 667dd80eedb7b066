"""The responsible person (责任人): one of the unit; another needs a reason; changed by a move of its own."""

from datetime import date

import pytest

from gongjian.assignments import services
from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import history
from gongjian.audit import Refused
from gongjian.notices.models import Notice
from gongjian.people import services as people
from tests.assignments.doing import AT, bring_to, colleague, do, handed_over
from tests.factories import AccountFactory, PersonFactory, TenureFactory

OTHERS = ("of another bureau", "who left", "of the office", "of a county unit")


def somebody(c, which):
    """A person who is not of the bureau, in one of several ways."""
    if which == "of another bureau":
        return c.other_director
    if which == "who left":
        return TenureFactory(post__unit=c.bureau, post__title="原局长", until=date(2026, 11, 1)).person
    if which == "of the office":
        person = PersonFactory(name="梁照")
        AccountFactory(role="CLERK", unit=c.office, person=person)
        return person
    return TenureFactory(post__unit__area=c.county, post__unit__name="临河区金融办").person


@pytest.mark.parametrize("which", OTHERS)
def test_a_person_of_another_unit_is_refused_without_a_reason_and_told_with_one(c, which):
    person = somebody(c, which)
    with pytest.raises(Refused, match="不是市金融局的人") as refused:
        handed_over(c, responsible_person=person)
    assert refused.value.field == "responsible_person"
    assert not Assignment.objects.exists()
    a = handed_over(c, responsible_person=person, person_reason="兼管此事")
    assert history(a)[0].data["person_reason"] == "兼管此事"
    assert "不在该单位任职：兼管此事" in str(history(a)[0])


@pytest.mark.parametrize("which", OTHERS)
def test_reassigning_and_changing_the_person_ask_the_same(c, which):
    person = somebody(c, which)
    a = handed_over(c)
    with pytest.raises(Refused, match="不是市金融局的人"):
        services.change_person(a, responsible_person=person, reason="调整分工", by=c.clerk, at=AT)
    a = services.change_person(
        a, responsible_person=person, reason="调整分工", person_reason="专班牵头", by=c.clerk, at=AT
    )
    assert a.responsible_person == person
    back = handed_over(c, lead_unit=c.other_bureau, responsible_person=c.other_director)
    with pytest.raises(Refused, match="不是市金融局的人"):
        do(c, back, "reassign", lead_unit=c.bureau, responsible_person=person)


def test_of_whom_no_post_is_recorded_nothing_is_claimed(c):
    assert handed_over(c, responsible_person=PersonFactory(name="新来的")).pk


def test_a_person_who_signs_in_for_the_unit_is_of_the_unit(c):
    person = PersonFactory(name="经办人")
    c.handler.person = person
    c.handler.save()
    assert handed_over(c, responsible_person=person).responsible_person == person


@pytest.mark.parametrize("state", ["ASSIGNED", "IN_PROGRESS", "ON_HOLD", "RESOLVED", "CHECKED"])
def test_the_person_changes_within_the_unit_and_nothing_else_does(c, state):
    a = bring_to(c, state)
    before = {f.attname: getattr(a, f.attname) for f in a._meta.concrete_fields}
    deputy = colleague(c.bureau)
    a = services.change_person(a, responsible_person=deputy, reason="局长调离", by=c.handler, at=AT)
    after = {f.attname: getattr(a, f.attname) for f in a._meta.concrete_fields}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"responsible_person_id", "last_event"}
    assert str(history(a)[-1]) == f"责任人由陆川平换为{deputy.name}：局长调离"
    assert Notice.objects.filter(key__startswith=f"person-{a.pk}-").exists()
    with pytest.raises(Refused, match="已经是责任人"):
        services.change_person(a, responsible_person=deputy, reason="再换", by=c.clerk, at=AT)


def test_the_unit_itself_does_not_name_a_person_of_another_unit(c):
    with pytest.raises(Refused, match="请告诉攻坚办"):
        services.change_person(
            handed_over(c),
            responsible_person=c.other_director,
            reason="推给别人",
            person_reason="有理由",
            by=c.handler,
            at=AT,
        )


def test_an_instruction_keeps_the_person_of_its_matter(c):
    a = handed_over(c)
    people.end_tenure(c.director.tenures.get(), until=date(2026, 11, 20), by=c.clerk, at=AT)
    made = services.instruct(a, text="请抓紧", due=date(2026, 11, 30), by=c.leader, at=AT)
    assert made.responsible_person == c.director
