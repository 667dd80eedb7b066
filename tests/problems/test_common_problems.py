"""Common problems: proposed, confirmed, edited, one measure for all, every firm told, the effect afterwards."""

from datetime import timedelta

import pytest

from gongjian.assignments import services as assignments
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.notices.models import Notice
from gongjian.problems import services as problems
from gongjian.problems.common_problems import queries as common_problems
from gongjian.problems.common_problems import services as commons
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.states import CommonState
from tests.factories import AT, TODAY, EnterpriseAccountFactory, EnterpriseFactory
from tests.problems.doing import DUE, hand_over, word

TEXTS = [f"厂区所在路段货车限行，每天晚上{n}点以后才能进出" for n in (8, 9, 10)]


def facts(c, **more):
    return {
        "lead_unit": c.bureau,
        "responsible_person": c.director,
        "task": "统一核发通行证",
        "due": DUE,
        "by": c.clerk,
        "at": AT,
    } | more


@pytest.fixture
def restricted(c):
    firms = [c.firm, EnterpriseFactory(area=c.county), EnterpriseFactory(area=c.other_county)]
    return [
        problems.record(enterprise=firm, text=text, category="LOGISTICS", by=c.clerk, at=AT)
        for firm, text in zip(firms, TEXTS, strict=True)
    ]


@pytest.fixture
def common(c, restricted):
    return commons.confirm(restricted, title=" 货车限行 ", by=c.clerk, at=AT)


def reread(rows):
    return list(Problem.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def test_what_several_firms_say_alike_is_proposed(c, restricted):
    problems.record(enterprise=c.firm, text="社保缴费基数上调", by=c.clerk, at=AT)
    proposed = common_problems.proposals(c.clerk, today=TODAY)
    assert [group.members for group in proposed] == [tuple(problem.pk for problem in restricted)]
    assert (
        proposed[0].firms,
        proposed[0].towns,
        proposed[0].not_handed_over,
        proposed[0].category_label,
    ) == (
        3,
        2,
        3,
        "物流",
    )
    looked = common_problems.proposal_detail(c.clerk, restricted[1].pk, today=TODAY)
    assert looked.proposal == proposed[0]
    assert "货车限行" in looked.words[0]
    assert looked.related == ()  # nothing learnt yet
    assert common_problems.proposals(c.county_clerk, today=TODAY) == []


def test_one_firm_alone_or_an_old_or_answered_problem_is_not_proposed(c, restricted):
    problems.answer_on_the_spot(restricted[0], answer="已答复", by=c.clerk, at=AT)
    assert common_problems.proposals(c.clerk, today=TODAY) == []
    assert common_problems.proposals(c.clerk, today=TODAY + timedelta(300)) == []
    for _n in range(3):
        problems.record(enterprise=c.firm, text="公租房不够住", by=c.clerk, at=AT)
    assert common_problems.proposals(c.clerk, today=TODAY) == []


def test_a_corrected_text_is_read_anew(c, restricted):
    common_problems.proposals(c.clerk, today=TODAY)
    problems.update(restricted[0], text="职工子女入学困难", by=c.clerk, at=AT)
    assert common_problems.proposals(c.clerk, today=TODAY) == []


def test_confirming_puts_them_together_and_proposes_them_no_more(c, restricted, common):
    assert (common.title, common.state, common.area) == ("货车限行", CommonState.CONFIRMED, c.city)
    assert list(common.members.order_by("pk")) == restricted
    assert common_problems.proposals(c.clerk, today=TODAY) == []
    assert [event.name for event in events_of(common)] == ["common.confirmed"]
    with pytest.raises(Refused, match="已经归入其他共性问题"):
        commons.confirm(restricted[:2], title="又一个", by=c.clerk, at=AT)


def test_members_of_one_county_make_a_common_problem_of_the_county(c, restricted):
    assert commons.confirm(restricted[:2], title="限行", by=c.county_clerk, at=AT).area == c.county


@pytest.mark.parametrize("bad", ["one", "title", "leader", "outside"])
def test_what_is_not_to_be_confirmed_is_refused(c, restricted, bad):
    rows, title, by, sentence = {
        "one": (restricted[:1], "限行", c.clerk, "至少要有两个"),
        "title": (restricted, "  ", c.clerk, "起一个标题"),
        "leader": (restricted, "限行", c.leader, "攻坚办确认和处理"),
        "outside": (restricted, "限行", c.county_clerk, "北岭区攻坚办"),
    }[bad]
    with pytest.raises(Refused, match=sentence):
        commons.confirm(rows, title=title, by=by, at=AT)
    assert not CommonProblem.objects.exists()


def test_a_dismissed_group_is_not_proposed_again_nor_joined(c, restricted):
    with pytest.raises(Refused, match="为什么"):
        commons.dismiss(restricted, reason=" ", by=c.clerk, at=AT)
    gone = commons.dismiss(restricted, reason="原因各不相同", by=c.clerk, at=AT)
    assert gone.state == CommonState.DISMISSED
    assert common_problems.proposals(c.clerk, today=TODAY) == []
    assert common_problems.possible_matches(c.clerk, TEXTS[0], today=TODAY) == []
    more = problems.record(enterprise=c.firm, text=TEXTS[0], by=c.clerk, at=AT)
    with pytest.raises(Refused, match="不能并入"):
        commons.join_common(gone, more, by=c.clerk, at=AT)


def test_renaming_and_splitting_leave_their_events(c, restricted, common):
    with pytest.raises(Refused):
        commons.rename(common, title=" ", by=c.clerk, at=AT)
    assert commons.rename(common, title="货车进城难", by=c.clerk, at=AT).title == "货车进城难"
    commons.split(common, restricted[:1], by=c.clerk, at=AT)
    assert common.members.count() == 2
    with pytest.raises(Refused, match="勾选要移出"):
        commons.split(common, restricted[:1], by=c.clerk, at=AT)
    assert [event.name for event in events_of(common).order_by("seq")][1:] == [
        "common.renamed",
        "common.split",
    ]


def test_one_measure_is_one_assignment_for_all_that_wait(c, restricted, common):
    own = hand_over(c, restricted[0])
    measure = commons.take_measure(common, **facts(c))
    mine, second, third = reread(restricted)
    assert (measure.state, measure.assignment) == (CommonState.MEASURE, second.assignment)
    assert second.assignment == third.assignment != own
    assert mine.assignment == own
    with pytest.raises(Refused, match="统一交办过"):
        commons.take_measure(common, **facts(c))


def test_nothing_left_to_hand_over_is_refused(c, restricted, common):
    for problem in restricted:
        hand_over(c, problem)
    with pytest.raises(Refused, match="没有可以统一交办"):
        commons.take_measure(common, **facts(c))


def test_a_new_one_is_hinted_and_joins_the_running_measure(c, restricted, common):
    commons.take_measure(common, **facts(c))
    more = problems.record(enterprise=EnterpriseFactory(area=c.county), text=TEXTS[1], by=c.clerk, at=AT)
    hinted = common_problems.possible_matches(c.clerk, more.text, today=TODAY, exclude=more.pk)
    assert {problem.common for problem in hinted} == {common}
    assert more not in hinted
    commons.join_common(common, more, by=c.clerk, at=AT)
    more.refresh_from_db()
    assert more.assignment == CommonProblem.objects.get().assignment
    with pytest.raises(Refused, match="已经归入"):
        commons.join_common(common, more, by=c.clerk, at=AT)
    assert common_problems.possible_matches(c.clerk, " ", today=TODAY) == []


def test_a_member_of_another_county_widens_the_area(c, restricted):
    small = commons.confirm(restricted[:2], title="限行", by=c.clerk, at=AT)
    commons.join_common(small, restricted[2], by=c.clerk, at=AT)
    small.refresh_from_db()
    assert small.area == c.city


def landed(c, common, restricted):
    taken = commons.take_measure(common, **facts(c))
    assignments.accept(taken.assignment, by=c.handler, at=AT)
    assignments.resolve(taken.assignment, outcome="SOLVED", text="已出台办法", by=c.handler, at=AT)
    return commons.land(common, result="办理一年期通行证", by=c.clerk, at=AT)


def test_when_it_lands_every_firm_with_an_account_is_told_once(c, restricted, common):
    accounts = [EnterpriseAccountFactory(enterprise=problem.enterprise).account for problem in restricted[:2]]
    EnterpriseAccountFactory()
    done = landed(c, common, restricted)
    assert (done.state, done.landed_on) == (CommonState.LANDED, TODAY)
    notices = Notice.objects.filter(kind="MEASURE")
    assert {notice.account for notice in notices} == set(accounts)
    assert "办理一年期通行证" in notices[0].text
    with pytest.raises(Refused, match="办结以后"):
        commons.land(common, result="又一次", by=c.clerk, at=AT)


def test_it_lands_only_after_the_unit_has_resolved_and_with_words(c, restricted, common):
    with pytest.raises(Refused, match="办结以后"):
        commons.land(common, result="好了", by=c.clerk, at=AT)
    taken = commons.take_measure(common, **facts(c))
    with pytest.raises(Refused, match="办结以后"):
        commons.land(common, result="好了", by=c.clerk, at=AT)
    assignments.accept(taken.assignment, by=c.handler, at=AT)
    assignments.resolve(taken.assignment, outcome="SOLVED", text="好", by=c.handler, at=AT)
    with pytest.raises(Refused, match="什么措施"):
        commons.land(common, result=" ", by=c.clerk, at=AT)


def test_the_shared_assignment_closes_when_every_firm_has_spoken(c, restricted, common):
    landed(c, common, restricted)
    rows = reread(restricted)
    assignments.pass_check(rows[0].assignment, by=c.clerk, at=AT)
    for problem in reread(restricted):
        word(c, problem, "SATISFIED")
    problems.close(reread(restricted)[0], by=c.clerk, at=AT)
    assert {problem.assignment.state for problem in reread(restricted)} == {"CLOSED"}


def test_the_effect_counts_new_members_a_month_and_waits_for_a_month(c, restricted, common):
    assert common_problems.effect(common, today=TODAY) is None
    done = landed(c, common, restricted)
    early = common_problems.effect(done, today=TODAY + timedelta(5))
    assert (early.before, early.after, early.since) == (3.0, None, 0)
    late = problems.record(enterprise=c.firm, text=TEXTS[0], by=c.clerk, at=AT + timedelta(20))
    commons.join_common(done, late, by=c.clerk, at=AT + timedelta(20))
    later = common_problems.effect(done, today=TODAY + timedelta(60))
    assert (later.after, later.since) == (0.5, 1)


def test_seen_by_whoever_sees_a_member(c, restricted, common):
    assert vars(common_problems.common_problems(c.clerk).get())["firms"] == 3
    assert common_problems.common_problems(c.county_clerk).get() == common
    assert not common_problems.common_problems(c.handler).exists()
    commons.take_measure(common, **facts(c))
    assert vars(common_problems.common_problems(c.handler).get())["size"] == 3
