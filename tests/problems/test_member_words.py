"""A common measure closes when all member firms were told and enough confirm; who objects goes on by itself."""

import pytest
from django.test import override_settings

from gongjian.assignments import services as assignments
from gongjian.assignments.queries import snapshot_of
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.problems import services as problems
from gongjian.problems.common_problems import services as common_problems
from gongjian.problems.common_problems.member_words import member_consent
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.sample_call_backs import services as sample_call_backs
from gongjian.problems.states import Consent
from tests.factories import AT, TODAY, EnterpriseFactory
from tests.problems.doing import DUE, word


@pytest.fixture
def members(c):
    """Ten firms that say the same, under one measure that has landed and passed its check."""
    recorded = [
        problems.record(
            enterprise=EnterpriseFactory(area=c.county), text=f"货车限行，绕行{n}公里", by=c.clerk, at=AT
        )
        for n in range(10)
    ]
    common = common_problems.confirm(recorded, title="货车限行", by=c.clerk, at=AT)
    common = common_problems.take_measure(
        common,
        lead_unit=c.bureau,
        responsible_person=c.director,
        task="核发通行证",
        due=DUE,
        by=c.clerk,
        at=AT,
    )
    task = assignments.accept(common.assignment, by=c.handler, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="已核发", by=c.handler, at=AT)
    common_problems.land(common, result="核发一年期通行证", by=c.clerk, at=AT)
    check(c, common)
    return list(Problem.objects.order_by("pk"))


def check(c, common):
    common.assignment.refresh_from_db()
    answers = {"replied": "YES", "contacted": "YES", "solved": "YES"}
    assignments.pass_check(common.assignment, note="", answers=answers, by=c.clerk, at=AT)


def common():
    return CommonProblem.objects.get()


def tell(c, rows):
    return common_problems.record_told(common(), rows, by=c.clerk, at=AT)


def test_enough_confirm_and_the_silent_close_with_them_and_stay_in_the_sample(c, members):
    assert common().share == 80
    for member in members[:7]:
        word(c, member, "SATISFIED")
    tell(c, members)
    with pytest.raises(Refused, match="10家成员企业中7家认可，要有8家（80%）"):
        problems.close(members[9], by=c.clerk, at=AT)
    word(c, members[7], "BASICALLY")
    common_problems.close_measure(common(), by=c.clerk, at=AT)
    task = common().assignment
    assert task.state == "CLOSED"
    names = [events_of(member).order_by("seq").last().name for member in members]
    assert names == ["problem.closed"] * 8 + ["problem.closed_silent"] * 2
    closed = events_of(common()).get(name="common.closed").data
    assert (closed["total"], closed["confirmed"], closed["silent"], closed["apart"], closed["share"]) == (
        10,
        8,
        2,
        0,
        80,
    )
    assert closed["silent_firms"] == [str(member.enterprise) for member in members[8:]]
    assert set(members[8:]) <= set(sample_call_backs.population_of(c.county, TODAY, TODAY))


def test_nobody_is_closed_over_who_was_not_told(c, members):
    for member in members[:9]:
        word(c, member, "SATISFIED")
    with pytest.raises(Refused, match="还有1家没有告知"):
        problems.close(members[0], by=c.clerk, at=AT)
    tell(c, members[9:])
    members[9].refresh_from_db()
    assert members[9].told_on == TODAY
    with pytest.raises(Refused, match="还没有登记告知的"):
        tell(c, members[9:])
    problems.close(members[9], by=c.clerk, at=AT)


def test_who_objects_goes_on_by_itself_and_stays_in_the_count(c, members):
    tell(c, members)
    for member in members[:7]:
        word(c, member, "SATISFIED")
    word(c, members[8], "DISSATISFIED", note="我厂的路段仍然禁行")
    own = Problem.objects.get(pk=members[8].pk)
    measure = common()
    assert (own.common, own.split_from, own.assignment.round) == (None, measure, 2)
    assert (own.assignment.state, own.assignment.lead_unit) == ("ASSIGNED", c.bureau)
    assert own.assignment != measure.assignment
    assert snapshot_of(own.assignment).round == 2
    assert measure.assignment.state == "CHECKED"  # the others keep what they have
    consent = member_consent(measure)
    assert (len(consent.members), len(consent.confirmed), len(consent.apart), consent.needed) == (10, 7, 1, 8)
    with pytest.raises(Refused, match="10家成员企业中7家认可"):
        common_problems.close_measure(measure, by=c.clerk, at=AT)
    task = assignments.accept(own.assignment, by=c.handler, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="已放行", by=c.handler, at=AT)
    word(c, own, "SATISFIED")
    assert member_consent(measure).why == ""
    common_problems.close_measure(measure, by=c.clerk, at=AT)
    assert Problem.objects.get(pk=own.pk).assignment.state == "RESOLVED"


def test_a_silent_firm_called_after_closing_that_objects_opens_only_its_own(c, members):
    tell(c, members)
    for member in members[:8]:
        word(c, member, "SATISFIED")
    common_problems.close_measure(common(), by=c.clerk, at=AT)
    draw = sample_call_backs.draw_call_backs(
        area=c.county, first=TODAY, last=TODAY, size=10, seed="8", by=c.clerk, at=AT
    )
    call = draw.call_backs.get(problem=members[9])
    problems.record_call_back(
        call, result="REACHED", satisfaction="DISSATISFIED", said_by="高总", note="没有用", by=c.clerk, at=AT
    )
    assert common().assignment.state == "CLOSED"
    own = Problem.objects.get(pk=members[9].pk)
    assert own.assignment.state == "ASSIGNED"
    assert {firm.enterprise for firm in member_consent(common()).with_consent(Consent.APART)} == {
        own.enterprise
    }


def test_the_last_firm_of_a_measure_that_objects_reopens_it(c, members):
    common_problems.split(common(), members[1:], by=c.clerk, at=AT)
    Problem.objects.filter(pk__in=[member.pk for member in members[1:]]).update(assignment=None)
    word(c, members[0], "DISSATISFIED", note="没有用")
    assert common().assignment.round == 2
    with pytest.raises(Refused, match="核查通过以后"):
        problems.close(Problem.objects.get(pk=members[0].pk), by=c.clerk, at=AT)
    assert member_consent(common()).why != ""


def test_before_it_lands_every_firm_has_to_speak_and_nobody_is_marked_told(c, members):
    CommonProblem.objects.update(state="MEASURE")
    word(c, members[0], "SATISFIED")
    with pytest.raises(Refused, match="同一任务的"):
        problems.close(members[0], by=c.clerk, at=AT)
    with pytest.raises(Refused, match="登记措施落地以后"):
        tell(c, members)


def test_two_problems_of_one_firm_count_once_and_a_worse_word_weighs_more(c, members):
    Problem.objects.filter(pk=members[1].pk).update(enterprise=members[0].enterprise)
    word(c, members[0], "SATISFIED")
    consent = member_consent(common())
    assert len(consent.members) == 9
    assert consent.members[0].consent == Consent.CONFIRMED


def test_the_share_is_a_setting_and_stays_as_it_was_when_taken(c):
    recorded = [
        problems.record(enterprise=EnterpriseFactory(area=c.county), text="停电", by=c.clerk, at=AT)
        for _n in range(2)
    ]
    power_cuts = common_problems.confirm(recorded, title="停电", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="还没有统一交办"):
        common_problems.close_measure(power_cuts, by=c.clerk, at=AT)
    with override_settings(COMMON_SHARE=60):
        power_cuts = common_problems.take_measure(
            power_cuts,
            lead_unit=c.bureau,
            responsible_person=c.director,
            task="查",
            due=DUE,
            by=c.clerk,
            at=AT,
        )
    assert CommonProblem.objects.get(pk=power_cuts.pk).share == 60
