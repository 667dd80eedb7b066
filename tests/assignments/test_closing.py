"""Acceptance test of a closure, the limit for putting right, a leader's instruction, a reminder taken back."""

from datetime import date

import pytest

from gongjian.assignments import services as s
from gongjian.assignments.perms import check_instruct
from gongjian.assignments.queries import history, reading
from gongjian.assignments.states import State
from gongjian.audit import Refused
from tests import scenes
from tests.assignments.doing import AT, bring_to, do, handed_over, moment

YES = dict.fromkeys(("solved", "replied", "contacted", "satisfied"), "YES")


@pytest.fixture
def c(db):
    return scenes.city()


def test_the_four_questions_stand_with_the_check(c):
    a = bring_to(c, State.RESOLVED)
    s.pass_check(a, note="材料齐全", answers=YES | {"satisfied": "UNKNOWN"}, by=c.clerk, at=AT)
    last = history(a)[-1]
    assert last.data["answers"] == YES | {"satisfied": "UNKNOWN"}
    assert str(last) == (
        "核查通过（问题是否解决：是，是否答复企业：是，单位是否主动联系企业：是，企业负责人是否满意：未核实）材料齐全"
    )


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("solved", "核查没有解决"),
        ("replied", "核查退回"),
        ("contacted", "核查退回"),
        ("satisfied", "企业不满意"),
    ],
)
def test_a_no_does_not_pass(c, key, sentence):
    a = bring_to(c, State.RESOLVED)
    with pytest.raises(Refused, match=sentence) as refused:
        s.pass_check(a, answers=YES | {key: "NO"}, by=c.clerk, at=AT)
    assert refused.value.field == key


def test_what_was_explained_need_not_be_solved(c):
    a = do(c, bring_to(c, State.IN_PROGRESS), "resolve", outcome="EXPLAINED")
    assert s.pass_check(a, answers=YES | {"solved": "NO"}, by=c.clerk, at=AT).state == "CHECKED"


def test_put_right_within_the_regime_s_own_limit(c):
    a = bring_to(c, State.RESOLVED)
    a.regime.recheck_working_days = 3
    a.regime.save()
    a = s.put_right(a, reason="还差一半", by=None, at=moment("2026-12-01"))
    assert (a.state, a.round, a.due_on, a.next_name) == ("IN_PROGRESS", 2, date(2026, 12, 4), "整改到位")
    assert "测试制度·不满意整改" in reading(a, date(2026, 12, 1)).why
    a = do(c, a, "resolve")
    again = s.put_right(a, reason="仍差", by=None, at=moment("2026-12-04"))
    assert (again.round, again.due_on) == (3, date(2026, 12, 9))


def test_without_such_a_limit_the_same_rule_runs_again(c):
    a = s.put_right(bring_to(c, State.RESOLVED), reason="还差一半", by=None, at=moment("2026-12-01"))
    assert (a.round, a.due_on) == (2, date(2026, 12, 10))
    dated = bring_to(c, State.RESOLVED, due=date(2026, 11, 26))
    assert s.put_right(dated, reason="还差", by=None, at=moment("2026-12-01")).due_on == date(2026, 12, 3)


def test_an_instruction_is_an_assignment_and_both_stories_keep_it(c):
    a = bring_to(c, State.IN_PROGRESS)
    made = s.instruct(a, text="请三日内报告结果", due=date(2026, 11, 27), by=c.leader, at=AT)
    assert (made.source, made.task, made.lead_unit, made.responsible_person, made.about) == (
        "INSTRUCTION",
        "请三日内报告结果",
        c.bureau,
        c.director,
        a,
    )
    assert (made.due_on, made.responsible_leader) == (date(2026, 11, 27), c.leader.person)
    told = history(a)[-1]
    assert "批示：请三日内报告结果（由安川市金融工作局陆川平2026-11-27前报告）" in str(told)
    assert told.data["instruction"] == made.pk
    a.refresh_from_db()
    assert a.state == State.IN_PROGRESS


def test_only_a_leader_of_the_area_instructs_and_in_words(c):
    a = handed_over(c)
    with pytest.raises(Refused, match="由分管该地区的领导"):
        s.instruct(a, text="快办", due=date(2026, 11, 27), by=c.clerk, at=AT)
    with pytest.raises(Refused, match="写明批示"):
        s.instruct(a, text=" ", due=date(2026, 11, 27), by=c.leader, at=AT)
    with pytest.raises(Refused, match="已经过去"):
        s.instruct(a, text="快办", due=date(2026, 11, 20), by=c.leader, at=AT)


def test_a_reminder_is_taken_back_by_another_event(c):
    a = do(c, handed_over(c), "remind", text="请尽快")
    s.withdraw_reminder(a, reminder=a.last_event, reason="发错单位", by=c.clerk, at=AT)
    assert [e.name for e in history(a)][-2:] == ["assignment.reminded", "assignment.reminder_withdrawn"]
    with pytest.raises(Refused, match="要由攻坚办或领导"):
        s.withdraw_reminder(a, reminder=a.last_event, reason="不想看", by=c.handler, at=AT)


@pytest.mark.parametrize("who", ["clerk", "officer", "handler", "auditor"])
def test_only_a_leader_instructs(c, who):
    with pytest.raises(Refused, match="批示由分管"):
        check_instruct(getattr(c, who), c.county)
    check_instruct(c.leader, c.county)
