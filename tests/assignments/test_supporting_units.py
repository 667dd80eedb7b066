"""Supporting units: their own days and light, replayed from the events; copies; sent back, added, released."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from gongjian.assignments import perms
from gongjian.assignments import services as s
from gongjian.assignments.lights.queries import light_of_support
from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import history, snapshot_of, visible_to
from gongjian.assignments.states import State
from gongjian.audit import Refused
from gongjian.audit.queries import verify
from gongjian.people.models import Account
from tests import scenes
from tests.assignments.doing import AT, bring_to, do, handed_over, moment
from tests.factories import AccountFactory, UnitFactory


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def a(c):
    return handed_over(c, supporting_units=[c.other_bureau])


def support(a):
    return a.supports.get()


def rows(a):
    facts = ("unit_id", "state", "due_on", "warn_on", "grave_on", "accepted_on", "replied_on", "text")
    return sorted(tuple(getattr(one, name) for name in facts) for one in a.supports.all())


def replayed(a):
    facts = ("unit", "state", "due_on", "warn_on", "grave_on", "accepted_on", "replied_on", "text")
    return sorted(tuple(getattr(one, name) for name in facts) for one in snapshot_of(a).supports)


def test_it_has_three_working_days_of_its_own_and_its_own_light(c, a):
    one = support(a)
    assert (one.state, one.due_on) == ("ASSIGNED", date(2026, 11, 27))
    days = {24: "GREEN", 25: "YELLOW", 27: "YELLOW", 28: "RED"}
    assert {d: light_of_support(one, date(2026, 11, d)) for d in days} == days
    assert light_of_support(one, date(2026, 12, 11)) == "DARK_RED"
    assert a.next_name == "签收"  # the lead's own clock is another


def test_it_signs_answers_and_its_clock_stops(c, a):
    a = do(c, a, "accept")
    s.accept_support(a, unit=c.other_bureau, by=c.other_handler, at=AT)
    s.reply_support(a, unit=c.other_bureau, text="同意按预审意见办", by=c.other_handler, at=AT)
    one = support(a)
    assert (one.state, one.replied_on, one.text) == ("REPLIED", AT.date(), "同意按预审意见办")
    assert light_of_support(one, date(2027, 3, 1)) == "GREEN"
    assert "协办单位安川市人力资源局答复：同意按预审意见办" in [str(e) for e in history(a)]
    assert rows(a) == replayed(a)
    with pytest.raises(Refused, match="已答复"):
        s.reply_support(a, unit=c.other_bureau, text="再说一遍", by=c.other_handler, at=AT)


def test_to_answer_is_to_sign(c, a):
    s.reply_support(a, unit=c.other_bureau, text="无意见", by=c.other_handler, at=AT)
    assert support(a).accepted_on == AT.date()


def test_an_answer_that_does_not_help_goes_back_with_new_days(c, a):
    a = do(c, a, "accept")
    s.reply_support(a, unit=c.other_bureau, text="知道了", by=c.other_handler, at=AT)
    s.return_support(a, unit=c.other_bureau, reason="没有说明能否办", by=c.handler, at=moment("2026-11-26"))
    one = support(a)
    assert (one.state, one.due_on, one.replied_on, one.text) == (
        "IN_PROGRESS",
        date(2026, 12, 1),
        None,
        "",
    )
    assert rows(a) == replayed(a)


def test_who_may(c, a):
    for who in (c.handler, c.leader, c.auditor):
        with pytest.raises(Refused, match="要由协办单位、攻坚办来做"):
            s.accept_support(a, unit=c.other_bureau, by=who, at=AT)
    with pytest.raises(Refused, match="要由它自己做"):
        s.accept_support(a, unit=c.other_bureau, by=c.clerk, at=AT)
    s.accept_support(a, unit=c.other_bureau, by=c.other_handler, at=AT)
    assert not perms.can_move(c.other_handler, a, "report")  # nor does it meet the lead's checkpoints
    assert [m.verb for m in perms.support_moves_for(c.other_handler, a, support(a))] == ["reply_support"]
    assert [m.verb for m in perms.support_moves_for(c.clerk, a, support(a))] == ["release_support"]
    with pytest.raises(Refused, match="写明协办意见"):
        s.reply_support(a, unit=c.other_bureau, text=" ", by=c.other_handler, at=AT)
    with pytest.raises(Refused, match="不是这件事的协办单位"):
        s.accept_support(a, unit=c.office, by=c.clerk, at=AT)


def test_units_are_added_and_released_while_it_runs(c, a):
    third = UnitFactory(area=c.city)
    assert perms.can_add_support(c.clerk, a)
    assert not perms.can_add_support(c.handler, a)
    s.add_support(a, unit=third, by=c.clerk, at=moment("2026-11-25"))
    assert a.supports.get(unit=third).due_on == date(2026, 11, 30)
    with pytest.raises(Refused, match="已经在办"):
        s.add_support(a, unit=third, by=c.clerk, at=AT)
    s.release_support(a, unit=third, reason="无需会办", by=c.clerk, at=AT)
    assert list(a.supporting_units.all()) == [c.other_bureau]
    closed = bring_to(c, State.CLOSED, supporting_units=[c.other_bureau])
    assert light_of_support(support(closed), date(2027, 1, 1)) == "DONE"
    with pytest.raises(Refused, match="只有还在办理"):
        s.add_support(closed, unit=third, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="协办环节已停"):
        s.accept_support(closed, unit=c.other_bureau, by=c.other_handler, at=AT)


def test_the_lead_unit_does_not_support_itself(c, a):
    with pytest.raises(Refused, match="不能同时协办"):
        handed_over(c, supporting_units=[c.bureau])
    to = {"lead_unit": c.other_bureau, "responsible_person": c.other_director}
    s.reassign(a, **to, reason="更合适", by=c.clerk, at=AT)
    assert not a.supports.exists()


def test_it_rests_with_the_whole_and_moves_on_with_it(c, a):
    s.hold(a, reason="等省里批复", by=c.clerk, at=AT)
    a.refresh_from_db()
    assert light_of_support(support(a), date(2026, 12, 30)) == "GREY"
    s.resume(a, by=c.clerk, at=moment("2026-12-01"))
    assert support(a).due_on == date(2026, 12, 4)
    assert rows(a) == replayed(a)


def test_a_new_round_asks_again(c, a):
    a = do(c, a, "accept")
    s.reply_support(a, unit=c.other_bureau, text="好", by=c.other_handler, at=AT)
    a = do(c, a, "resolve")
    s.reopen(a, reason="没有到位", by=c.clerk, at=moment("2026-12-01"))
    assert (support(a).state, support(a).due_on) == ("IN_PROGRESS", date(2026, 12, 4))


def test_never_later_than_the_whole(c):
    near = handed_over(c, due=date(2026, 11, 25), supporting_units=[c.other_bureau])
    assert support(near).due_on == date(2026, 11, 25)


def test_a_copy_is_read_and_nothing_else(c):
    watch = UnitFactory(name="安川市委督查室", kind="SUPERVISION", area=c.city)
    reader = AccountFactory(role="HANDLER", unit=watch, reads_area=c.city)
    seen = handed_over(c, copied_to=[watch])
    handed_over(c)
    assert list(visible_to(reader)) == [seen]
    assert perms.moves_for(reader, seen) == []
    assert history(seen)[0].data["copied"] == ["安川市委督查室"]


MOVES: dict[str, Any] = {
    "add_support": {"unit": None},
    "accept_support": {"unit": None, "proxy_reason": "纸质签收"},
    "reply_support": {"unit": None, "text": "意见", "proxy_reason": "电话答复"},
    "return_support": {"unit": None, "reason": "不够", "proxy_reason": "牵头单位来电"},
    "release_support": {"unit": None, "reason": "不需要"},
    "hold": {"reason": "等"},
    "resume": {},
    "accept": {"proxy_reason": "纸质签收"},
}


@pytest.mark.parametrize("seed", range(6))
def test_random_lives_leave_rows_equal_to_a_replay(c, seed):
    dice, at, done = Random(seed), AT, set()
    Account.objects.filter(unit__in=[c.bureau, c.other_bureau]).update(is_active=False)  # all on paper
    a = handed_over(c, supporting_units=[c.other_bureau])
    units = [c.other_bureau, *(UnitFactory(area=c.city) for _n in range(2))]
    for _n in range(60):
        at += timedelta(hours=dice.randrange(1, 40))
        a.refresh_from_db()
        verb = dice.choices(list(MOVES), (5, 4, 5, 4, 1, 1, 4, 2))[0]
        given = {k: dice.choice(units) if k == "unit" else v for k, v in MOVES[verb].items()}
        with suppress(Refused):
            getattr(s, verb)(a, **given, by=c.clerk, at=at)
            done.add(verb)
        assert rows(a) == replayed(a)
    assert len(done) >= 5, done
    assert Assignment.objects.count() == 1
    assert verify() is None
