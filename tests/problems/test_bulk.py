"""One verb on many problems; what is refused stays behind with its sentence; undone within ten minutes."""

from datetime import timedelta

import pytest

from gongjian.assignments import services as assignments
from gongjian.assignments.states import State
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.problems import services as problems
from gongjian.problems.bulk import services as bulk
from tests.factories import AT
from tests.problems.doing import DUE, hand_over


@pytest.fixture
def three(c):
    return [problems.record(enterprise=c.firm, text=f"问题{n}", by=c.clerk, at=AT) for n in range(3)]


def test_an_act_is_named_with_its_moment_in_the_city(c, three):
    done = give_all(c, three)
    done.refresh_from_db()
    assert str(done) == "hand_over 2026-11-24 09:30"


def give_all(c, rows):
    facts = {"otherwise": (c.bureau, c.director), "task": "协调", "due": DUE}
    return problems.hand_over_many(rows, **facts, by=c.clerk, at=AT)


def states(rows):
    for row in rows:
        row.refresh_from_db()
    return [row.assignment and row.assignment.state for row in rows]


def test_many_are_handed_over_and_the_refused_one_stays(c, three):
    hand_over(c, three[1])
    done = give_all(c, three)
    assert states(three) == [State.ASSIGNED] * 3
    assert "已经交办过" in done.items[1]["refused"]
    assert "assignment" in done.items[0]


def test_each_goes_where_it_was_chosen_to_and_keeps_its_own_words(c, three):
    to = {three[0].pk: (c.other_bureau, c.other_director), three[1].pk: (c.bureau, c.director)}
    done = problems.hand_over_many(three, to=to, due=DUE, by=c.clerk, at=AT)
    states(three)
    handed_over = [(row.assignment.lead_unit, row.assignment.task) for row in three[:2]]
    assert handed_over == [(c.other_bureau, "问题0"), (c.bureau, "问题1")]
    assert "没有给" in done.items[2]["refused"]
    assert problems.undo(done, by=c.clerk, at=AT) == "已全部撤销。"
    assert states(three) == [None] * 3


def test_undone_they_can_be_handed_over_again(c, three):
    done = give_all(c, three)
    assert problems.undo(done, by=c.clerk, at=AT + timedelta(minutes=10)) == "已全部撤销。"
    assert states(three) == [None] * 3
    give_all(c, three)


def test_what_was_accepted_meanwhile_stays(c, three):
    done = give_all(c, three)
    states(three)
    assignments.accept(three[0].assignment, by=c.handler, at=AT)
    assert "有 1 个" in problems.undo(done, by=c.clerk, at=AT)
    assert states(three) == [State.IN_PROGRESS, None, None]


def test_categories_go_back_to_what_they_were(c, three):
    problems.update(three[0], category="LAND", by=c.clerk, at=AT)
    done = problems.categorise_many(three, category="FINANCE", by=c.clerk, at=AT)
    states(three)
    assert {row.category for row in three} == {"FINANCE"}
    problems.undo(done, by=c.clerk, at=AT)
    states(three)
    assert [row.category for row in three] == ["LAND", "UNFILED", "UNFILED"]
    with pytest.raises(Refused, match="问题类别"):
        problems.categorise_many(three, category="?", by=c.clerk, at=AT)


def test_reminders_reach_what_was_handed_over_and_are_taken_back(c, three):
    task = hand_over(c, three[0])
    states(three)
    done = problems.remind_many(three, text="请抓紧", by=c.clerk, at=AT)
    assert ["refused" in item for item in done.items] == [False, True, True]
    assert problems.undo(done, by=c.clerk, at=AT) == "已全部撤销。"
    names = list(events_of(task).values_list("name", flat=True))
    assert names[-2:] == ["assignment.reminded", "assignment.reminder_withdrawn"]


def test_an_undo_is_ones_own_in_time_and_once(c, three):
    done = give_all(c, three)
    with pytest.raises(Refused, match="自己的"):
        problems.undo(done, by=c.leader, at=AT)
    with pytest.raises(Refused, match="超过10分钟"):
        problems.undo(done, by=c.clerk, at=AT + timedelta(minutes=11))
    problems.undo(done, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="已经撤销过"):
        problems.undo(done, by=c.clerk, at=AT)


def test_none_and_too_many_are_refused(c, three, monkeypatch):
    with pytest.raises(Refused, match="至少一个"):
        give_all(c, [])
    monkeypatch.setattr(bulk, "MOST_PROBLEMS", 2)
    with pytest.raises(Refused, match="一次最多处理 2 个"):
        give_all(c, three)
