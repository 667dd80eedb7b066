"""Closing needs the firm's own word, given by another person than the handler; dissatisfied reopens."""

from datetime import timedelta

import pytest

from gongjian.assignments import services as assignments
from gongjian.assignments.states import State
from gongjian.audit import Refused
from gongjian.people.states import Role
from gongjian.problems import perms
from gongjian.problems import services as problems
from gongjian.problems.models import WordCode
from tests.factories import AT, AccountFactory, EnterpriseAccountFactory, SupportFactory
from tests.problems.doing import word


def checked(c, problem):
    assignments.pass_check(problem.assignment, by=c.clerk, at=AT)
    problem.refresh_from_db()
    return problem


def test_a_satisfied_firm_lets_it_be_closed(c, resolved):
    word(c, resolved, "SATISFIED")
    problems.close(checked(c, resolved), by=c.clerk, at=AT)
    resolved.refresh_from_db()
    assert resolved.assignment.state == State.CLOSED


def test_fairly_satisfied_is_enough(c, resolved):
    word(c, resolved, "BASICALLY", method="SIGNED_SLIP")
    problems.close(checked(c, resolved), by=c.clerk, at=AT)


def test_without_a_word_it_stays_open(c, resolved):
    with pytest.raises(Refused, match="还没有企业评价"):
        problems.close(checked(c, resolved), by=c.clerk, at=AT)
    assert not perms.can_close(c.clerk, resolved)


def test_before_the_check_it_stays_open(c, resolved):
    word(c, resolved, "SATISFIED")
    with pytest.raises(Refused, match="先核查"):
        problems.close(resolved, by=c.clerk, at=AT)


def test_only_the_office_closes(c, resolved):
    word(c, resolved, "SATISFIED")
    checked(c, resolved)
    for who in (c.leader, c.handler, c.officer):
        with pytest.raises(Refused, match="只有攻坚办可以销号"):
            problems.close(resolved, by=who, at=AT)


def test_a_dissatisfied_firm_reopens_it_and_an_old_word_does_not_close_the_new_round(c, resolved):
    with pytest.raises(Refused, match="哪里没有解决"):
        word(c, resolved, "DISSATISFIED")
    word(c, resolved, "DISSATISFIED", note="只给了一半额度")
    resolved.refresh_from_db()
    task = resolved.assignment
    assert (task.state, task.round) == (State.IN_PROGRESS, 2)
    assignments.resolve(task, outcome="SOLVED", text="已补足", by=c.handler, at=AT)
    with pytest.raises(Refused, match="还没有企业评价"):
        problems.close(checked(c, resolved), by=c.clerk, at=AT)
    word(c, resolved, "SATISFIED")
    problems.close(resolved, by=c.clerk, at=AT)


def test_a_dissatisfied_word_of_this_round_does_not_close(c, resolved):
    first = word(c, resolved, "SATISFIED")
    checked(c, resolved)
    first.satisfaction = "DISSATISFIED"
    first.save()
    with pytest.raises(Refused, match="企业不满意，不能销号"):
        problems.close(resolved, by=c.clerk, at=AT)


def test_nobody_gives_a_word_before_it_is_resolved(c, problem, owed):
    problem.refresh_from_db()
    with pytest.raises(Refused, match="办结以后"):
        word(c, problem, "SATISFIED")


def test_the_handler_does_not_enter_the_word(c, resolved):
    with pytest.raises(Refused, match="要由攻坚办"):
        word(c, resolved, "SATISFIED", by=c.handler)
    insider = AccountFactory(role="CLERK", unit=c.bureau, reads_area=c.city, writes_area=c.city)
    with pytest.raises(Refused, match="承办单位的人"):
        word(c, resolved, "SATISFIED", by=insider)
    SupportFactory(assignment=resolved.assignment, unit=c.other_bureau)
    helper = AccountFactory(role="CLERK", unit=c.other_bureau, reads_area=c.city, writes_area=c.city)
    assert not perms.can_give_word(helper, resolved)


def test_a_word_has_a_name_and_a_code_is_not_entered_for_the_firm(c, resolved):
    with pytest.raises(Refused, match="评价人的姓名"):
        word(c, resolved, "SATISFIED", said_by=" ")
    with pytest.raises(Refused, match="不能代填"):
        word(c, resolved, "SATISFIED", method="CODE")


def test_a_code_works_once_and_only_its_digest_is_kept(c, resolved):
    code = problems.issue_code(resolved, by=c.clerk, at=AT)
    assert code not in str(WordCode.objects.values())
    given = problems.give_word_by_code(
        f" {code[:4].lower()}-{code[4:]} ", satisfaction="SATISFIED", said_by="高总", at=AT
    )
    assert (given.entered_by, given.method, given.problem) == (None, "CODE", resolved)
    with pytest.raises(Refused, match="已经用过"):
        problems.give_word_by_code(code, satisfaction="SATISFIED", said_by="高总", at=AT)


def test_a_wrong_an_old_and_a_replaced_code_are_told_apart(c, resolved):
    first = problems.issue_code(resolved, by=c.clerk, at=AT)
    second = problems.issue_code(resolved, by=c.clerk, at=AT)
    for code, at, sentence in (
        ("ZZZZZZZZ", AT, "评价码不对"),
        (first, AT, "已失效"),
        (second, AT + timedelta(days=31), "已失效"),
    ):
        with pytest.raises(Refused, match=sentence):
            problems.give_word_by_code(code, satisfaction="SATISFIED", said_by="高总", at=at)


def test_a_code_waits_while_it_is_handled_again(c, resolved):
    code = problems.issue_code(resolved, by=c.clerk, at=AT)
    assignments.reopen(resolved.assignment, reason="查实未到位", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="正在重新办理"):
        problems.give_word_by_code(code, satisfaction="SATISFIED", said_by="高总", at=AT)
    assert not WordCode.objects.filter(used_at__isnull=False).exists()


def test_only_the_office_issues_codes(c, resolved):
    assert perms.can_issue_code(c.clerk, resolved)
    with pytest.raises(Refused, match="由攻坚办发出"):
        problems.issue_code(resolved, by=c.officer, at=AT)


def test_only_the_firm_that_raised_the_problem_judges_it_from_its_account(c, resolved):
    other = EnterpriseAccountFactory().account
    own = EnterpriseAccountFactory(enterprise=resolved.enterprise).account
    with pytest.raises(Refused, match="只有反映问题的企业"):
        perms.check_own_word(other, resolved)
    perms.check_own_word(own, resolved)


def test_a_word_is_entered_by_a_recorder_of_the_area_alone(c, resolved):
    elsewhere = AccountFactory(role=Role.CLERK, reads_area=c.other_county, writes_area=c.other_county)
    auditor = AccountFactory(role=Role.AUDITOR, reads_area=c.city, writes_area=c.city)
    for account in (elsewhere, auditor):
        with pytest.raises(Refused, match="企业评价要由"):
            perms.check_give_word(account, resolved)
