"""One assignment may serve several problems of several firms: one clock, every firm with its own word."""

from collections import Counter

import pytest

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import Light, State
from gongjian.audit import Refused
from gongjian.problems import queries
from gongjian.problems import services as problems
from gongjian.problems.ledger_on_a_day import queries as ledger_on_a_day
from gongjian.problems.models import Problem
from tests.factories import AT, EnterpriseFactory
from tests.problems.doing import DUE, word


@pytest.fixture
def other(c):
    firm = EnterpriseFactory(name="安川市汇川食品有限公司", area=c.county)
    return problems.record(enterprise=firm, text="续贷手续繁琐", by=c.clerk, at=AT)


def done(c, task):
    assignments.accept(task, by=c.handler, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="已出台统一办法", by=c.handler, at=AT)
    return assignments.pass_check(task, by=c.clerk, at=AT)


def test_two_firms_share_one_task_and_both_have_their_word(c, problem, owed, other):
    problems.join(other, owed, by=c.clerk, at=AT)
    done(c, owed)
    problem.refresh_from_db(), other.refresh_from_db()
    assert other.assignment == owed
    word(c, problem, "SATISFIED")
    with pytest.raises(Refused, match="还没有评价"):
        problems.close(problem, by=c.clerk, at=AT)
    word(c, other, "BASICALLY")
    problems.close(problem, by=c.clerk, at=AT)
    owed.refresh_from_db()
    assert owed.state == State.CLOSED
    on_day = ledger_on_a_day.problems_on(Problem.objects.all(), AT.date())
    assert {problem.state for problem in on_day.values()} == {"CLOSED"}


def test_one_dissatisfied_firm_reopens_it_for_all(c, problem, owed, other):
    problems.join(other, owed, by=c.clerk, at=AT)
    done(c, owed)
    other.refresh_from_db()
    word(c, other, "DISSATISFIED", note="我们还没轮到")
    owed.refresh_from_db()
    assert (owed.state, owed.round) == (State.IN_PROGRESS, 2)


def test_joining_is_the_office_s_and_only_while_it_runs(c, problem, owed, other):
    with pytest.raises(Refused, match="只有攻坚办或带队领导"):
        problems.join(other, owed, by=c.handler, at=AT)
    with pytest.raises(Refused, match="只有攻坚办可以把问题并入"):
        problems.join(other, owed, by=c.leader, at=AT)
    done(c, owed)
    with pytest.raises(Refused, match="还在办理"):
        problems.join(other, owed, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="已经交办过"):
        problems.join(problem, owed, by=c.clerk, at=AT)


def test_lights_are_counted_by_problem_however_they_share_assignments(c, problem, owed, other):
    def agree():
        counted = queries.counts(Problem.objects.all(), today=AT.date())
        one_by_one = queries.with_readings(Problem.objects.all(), today=AT.date())
        lit = Counter(row.light for row in one_by_one if row.light and row.light != Light.DONE)
        assert {light: n for light, n in counted.lights.items() if n} == dict(lit)
        assert (counted.new, counted.total) == (sum(not row.light for row in one_by_one), len(one_by_one))
        served = dict(Assignment.objects.values_list("pk", "served"))
        assert served == {task.pk: task.problems.count() for task in Assignment.objects.all()}
        return sum(lit.values())

    assert agree() == 1
    problems.join(other, owed, by=c.clerk, at=AT)
    assert agree() == 2
    third = problems.record(enterprise=problem.enterprise, text="缺电工五名", by=c.clerk, at=AT)
    bulk = problems.hand_over_many(
        [third], otherwise=(c.bureau, c.director), task="对接技校", due=DUE, by=c.clerk, at=AT
    )
    assert agree() == 3
    problems.undo(bulk, by=c.clerk, at=AT)
    assert agree() == 2
