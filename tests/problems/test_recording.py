"""What a firm says is recorded once, corrected until it is handed over, answered or handed over."""

import pytest

from gongjian.assignments import services as assignments
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.problems import perms
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.problems.queries import similar_open, status_of, visible_to, with_readings
from tests.factories import AT, EnterpriseAccountFactory, PairingFactory, StopFactory, VisitFactory
from tests.problems.doing import hand_over


def last(row):
    return list(events_of(row))[-1]


def test_is_recorded_in_the_area_of_its_firm_wherever_it_was_visited_and_marks_the_stop(c):
    visit = VisitFactory(area=c.other_county)
    stop = StopFactory(visit=visit, enterprise=c.firm)
    recorded = problems.record(enterprise=c.firm, text=" 缺工 ", visit=visit, by=c.clerk, at=AT)
    stop.refresh_from_db()
    assert (recorded.area, recorded.text, stop.result) == (c.firm.area, "缺工", "PROBLEMS")
    assert last(recorded).name == "problem.recorded"


def test_without_a_visit_it_belongs_to_the_area_of_the_firm(c, problem):
    assert problem.area == c.county
    assert status_of(problem) == "待交办"


def test_an_empty_text_is_refused(c):
    with pytest.raises(Refused, match="请写明问题") as refusal:
        problems.record(enterprise=c.firm, text="  ", by=c.clerk, at=AT)
    assert refusal.value.field == "text"


@pytest.mark.parametrize("who", ["handler", "auditor", "administrator"])
def test_only_those_who_go_to_firms_record(c, who):
    with pytest.raises(Refused, match="可以记录问题"):
        problems.record(enterprise=c.firm, text="缺工", by=getattr(c, who), at=AT)
    assert not Problem.objects.exists()


def test_a_county_clerk_records_only_in_his_county(c):
    problems.record(enterprise=c.firm, text="缺工", by=c.county_clerk, at=AT)
    with pytest.raises(Refused):
        problems.record(enterprise=c.firm, text="缺工", area=c.other_county, by=c.county_clerk, at=AT)


def test_a_correction_is_told_with_old_and_new(c, problem):
    problems.update(problem, text="续贷缺抵押", category="FINANCE", by=c.clerk, at=AT)
    problem.refresh_from_db()
    assert (problem.text, problem.category) == ("续贷缺抵押", "FINANCE")
    values = last(problem).data["values"]
    assert values["text"] == ["流动资金贷款到期，续贷缺手续", "续贷缺抵押"]
    assert not perms.can_update(c.handler, problem)


def test_a_correction_without_change_says_so(c, problem):
    problems.update(problem, by=c.clerk, at=AT)
    assert last(problem).data["changed"] == "—"


def test_an_answer_on_the_spot_settles_it(c, problem):
    with pytest.raises(Refused, match="怎么答复"):
        problems.answer_on_the_spot(problem, answer=" ", by=c.clerk, at=AT)
    assert perms.can_answer(c.clerk, problem)
    answered = problems.answer_on_the_spot(problem, answer="已说明政策", by=c.clerk, at=AT)
    assert status_of(answered) == "现场答复"
    assert not perms.can_hand_over(c.clerk, answered)
    with pytest.raises(Refused, match="已经现场答复"):
        hand_over(c, answered)
    with pytest.raises(Refused, match="不能再改文字"):
        problems.update(answered, text="别的", by=c.clerk, at=AT)


def test_is_handed_over_only_once(c, problem):
    assignment = hand_over(c, problem)
    problem.refresh_from_db()
    assert problem.assignment == assignment
    assert (assignment.on_the_spot, assignment.area) == (True, c.county)
    assert last(problem).data["number"] == assignment.number
    with pytest.raises(Refused, match="已经交办过"):
        hand_over(c, problem)
    with pytest.raises(Refused, match="不能再改文字"):
        problems.update(problem, text="别的", by=c.clerk, at=AT)


@pytest.mark.parametrize("who", ["handler", "officer", "auditor"])
def test_only_the_office_and_leaders_hand_over(c, problem, who):
    with pytest.raises(Refused, match="只有攻坚办或带队领导"):
        hand_over(c, problem, by=getattr(c, who))


def test_a_leader_hands_over(c, problem):
    assert hand_over(c, problem, by=c.leader).handed_over_by == c.leader


def test_a_refused_hand_over_leaves_nothing(c, problem):
    with pytest.raises(Refused):
        hand_over(c, problem, task=" ")
    problem.refresh_from_db()
    assert problem.assignment is None


def test_who_sees_what(c, problem, owed):
    firm = EnterpriseAccountFactory(enterprise=c.firm).account
    stranger = EnterpriseAccountFactory().account
    PairingFactory(enterprise=c.firm, person=c.officer.person)
    for account in (c.clerk, c.county_clerk, c.leader, c.handler, c.officer, c.auditor, firm):
        assert list(visible_to(account)) == [problem], account.role
    assert not visible_to(c.other_handler).exists()
    assert not visible_to(stranger).exists()
    assignments.add_support(owed, unit=c.other_bureau, by=c.clerk, at=AT)
    assert list(visible_to(c.other_handler)) == [problem]


def test_nearly_the_same_words_of_one_firm_are_pointed_out(c, problem):
    assert similar_open(c.firm, "流动资金贷款到期了，续贷缺手续") == [problem]
    assert similar_open(c.firm, "厂区道路照明损坏") == []
    assert similar_open(c.firm, "") == []
    problems.answer_on_the_spot(problem, answer="好", by=c.clerk, at=AT)
    assert similar_open(c.firm, "流动资金贷款到期，续贷缺手续") == []


def test_rows_carry_the_light_of_their_assignment(c, problem, owed, today):
    other = problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=AT)
    problem.refresh_from_db()
    handed, fresh = with_readings([problem, other], today=today)
    assert (handed.light, handed.working_days_left, handed.status) == ("GREEN", 8, "待签收")
    assert "12月4日" in handed.why or "2026-12-04" in handed.why
    assert (fresh.light, fresh.working_days_left, fresh.status) == ("", None, "待交办")
