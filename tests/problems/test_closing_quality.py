"""Closing quality: each number equals a count by hand, opens to its rows, and adds up over the areas."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from gongjian.assignments import services as assignments
from gongjian.audit import Refused
from gongjian.measures import queries as measures
from gongjian.measures.batches import key_of
from gongjian.measures.measure import Scope
from gongjian.problems import services as problems
from gongjian.problems.closing_quality import queries as closing_quality
from gongjian.problems.models import CallBackDraw, Problem
from gongjian.problems.sample_call_backs.rules import draw_key, draw_sample, population_digest
from tests.assignments.doing import signed
from tests.factories import AT, AccountFactory, EnterpriseFactory
from tests.problems.doing import hand_over, word

TODAY = AT.date()


def live(c, dice):
    """One problem with some life."""
    firm = EnterpriseFactory(area=dice.choice((c.county, c.other_county)))
    row = problems.record(enterprise=firm, text="缺工", by=c.clerk, at=AT - timedelta(days=20))
    at = AT - timedelta(days=dice.randrange(4, 15))
    if dice.random() < 0.1:
        return
    limit = {"regime": signed(), "grade": "general"} if dice.random() < 0.5 else {}
    limit = limit or {"due": (at + timedelta(days=dice.randrange(1, 8))).date()}
    task = hand_over(c, row, **limit, at=at)
    if dice.random() < 0.4:
        other = {"lead_unit": c.other_bureau, "responsible_person": c.other_director, "reason": "更合适"}
        assignments.reassign(task, **other, by=c.clerk, at=at)
    task.refresh_from_db()
    paper = task.lead_unit_id == c.other_bureau.pk  # it has no account: the office acts for it
    unit = c.clerk if paper else c.handler
    assignments.accept(task, by=unit, proxy_reason="纸质签收", at=at + timedelta(days=dice.randrange(3)))
    if dice.random() < 0.2:
        return
    later = at + timedelta(days=dice.randrange(3, 6))
    outcome = dice.choice(("SOLVED", "SOLVED", "EXPLAINED", "DEFERRED"))
    assignments.resolve(task, outcome=outcome, text="已办", proxy_reason="电话报结", by=unit, at=later)
    row.refresh_from_db()
    if dice.random() < 0.7:
        satisfaction = dice.choice(("SATISFIED", "BASICALLY", "DISSATISFIED"))
        word(c, row, satisfaction, note="还差", at=later)
        if satisfaction != "DISSATISFIED":
            assignments.pass_check(task, by=c.clerk, at=later)
            problems.close(row, by=c.clerk, at=later)


def by_hand():
    """The same numbers, counted over objects in plain Python."""
    counted = dict.fromkeys(closing_quality.conditions(TODAY), 0)
    for row in Problem.objects.filter(assignment__isnull=False).select_related("assignment"):
        last: Any = row.words.order_by("pk").last()
        task: Any = row.assignment
        done = task.state in ("RESOLVED", "CHECKED", "CLOSED")
        open_late = not done and task.state not in ("WITHDRAWN", "ON_HOLD") and task.due_on < TODAY
        good = last is not None and last.satisfaction in ("SATISFIED", "BASICALLY")
        facts = {
            "handed": True,
            "finished": done,
            "on_time": done and task.resolved_on <= task.due_on,
            "owed": done or open_late,
            "late": (done and task.resolved_on > task.due_on) or open_late,
            "closed": task.state == "CLOSED",
            "solved": done and task.outcome == "SOLVED",
            "explained": done and task.outcome == "EXPLAINED",
            "deferred": done and task.outcome == "DEFERRED",
            "confirmed": done and task.outcome == "SOLVED" and good,
            "spoken": last is not None,
            "content": good,
            "unhappy": last is not None and not good,
            "reopened": task.round > 1,
            "passed_on": task.dispatches > 1,
            "proxied": bool(task.proxies),
        }
        late_to_sign = task.state == "ASSIGNED" and task.sign_due_on is not None and task.sign_due_on < TODAY
        signs = task.signed_on is not None and task.sign_due_on is not None
        facts |= {
            "signed_in_time": signs and task.signed_on <= task.sign_due_on,
            "sign_owed": signs or late_to_sign,
        }
        verbs = {"signed_in_time": "accept", "sign_owed": "accept"} | dict.fromkeys(
            ("on_time", "owed", "confirmed", "finished", "content", "spoken"), "resolve"
        )
        done_for_it = task.proxies.split(",")
        facts |= {f"{name}_alone": facts[name] and verb not in done_for_it for name, verb in verbs.items()}
        facts |= {
            f"by_{m}": last is not None and last.method == m.upper()
            for m in ("signed_slip", "code", "call_back", "account")
        }
        for name, true in facts.items():
            counted[name] += true
    return counted


@pytest.mark.parametrize("seed", range(2))
def test_numbers_equal_a_count_by_hand_open_to_their_rows_and_add_up(c, seed):
    dice = Random(seed)
    c.other_handler.is_active = False
    c.other_handler.save()
    for _n in range(30):
        live(c, dice)
    rows = closing_quality.cohort(Problem.objects.all(), first=TODAY - timedelta(days=30), last=TODAY)
    line = closing_quality.total_figures(rows, today=TODAY)
    assert line.numbers == by_hand()
    assert 0 < line.numbers["proxied"] < line.numbers["handed"]
    assert line.numbers["sign_owed_alone"] < line.numbers["sign_owed"]
    assert line.numbers["finished"] == sum(line.numbers[key] for key in closing_quality.OUTCOMES)
    assert sum(line.numbers[m] for m in closing_quality.METHODS) == line.numbers["spoken"]
    for name, number in line.numbers.items():
        assert measures.count(key_of(name), Scope(TODAY)).number == number, name
    keys = closing_quality.keys_counted(Problem.objects.all(), list(line.numbers), today=TODAY)
    assert {name: len(rows_of) for name, rows_of in keys.items()} == line.numbers
    areas = closing_quality.figures_by_area(rows, c.city, today=TODAY)
    assert [figures.area for figures in areas] == [c.county, c.other_county]
    for name, number in line.numbers.items():
        assert sum(figures.numbers[name] for figures in areas) == number, name
    assert all(0 <= rate.numerator <= rate.denominator for area in areas for _definition, rate in area.rates)
    assert closing_quality.figures_by_area(rows, None, today=TODAY) == []
    none = closing_quality.cohort(
        Problem.objects.all(), first=TODAY + timedelta(1), last=TODAY + timedelta(2)
    )
    assert closing_quality.total_figures(none, today=TODAY).numbers["handed"] == 0


def test_a_draw_is_decided_by_its_seed_alone():
    population = [3, 7, 11, 19, 23]
    first = draw_sample(population, size=3, seed="20261124 开奖 08 13 21")
    assert first == draw_sample(reversed(population), size=3, seed=" 20261124 开奖 08 13 21 ")
    assert first == sorted(population, key=lambda n: draw_key("20261124 开奖 08 13 21", n))[:3]
    assert draw_sample(population, size=9, seed="x") != population
    assert sorted(draw_sample(population, size=9, seed="x")) == population
    assert {tuple(draw_sample(population, size=3, seed=str(n))) for n in range(40)} - {tuple(first)}
    assert population_digest([2, 1]) == population_digest([1, 2]) != population_digest([1, 3])
    for wrong in ({"size": -1}, {"size": 1, "population": [1, 1]}):
        with pytest.raises(ValueError, match="different numbers"):
            draw_sample(**({"population": population, "seed": "x"} | wrong))


def test_every_number_is_drawn_about_equally_often():
    times = dict.fromkeys(range(20), 0)
    for seed in range(2000):
        for number in draw_sample(range(20), size=5, seed=str(seed)):
            times[number] += 1
    assert all(420 < n < 580 for n in times.values()), times  # expected 500, more than four deviations away


@pytest.fixture
def closed(c):
    closed_problems = []
    for n in range(6):
        row = problems.record(enterprise=c.firm, text=f"缺工{n}", by=c.clerk, at=AT)
        task = hand_over(c, row)
        assignments.accept(task, by=c.handler, at=AT)
        assignments.resolve(task, outcome="SOLVED", text="已招到", by=c.handler, at=AT)
        row.refresh_from_db()
        word(c, row, "SATISFIED", method="SIGNED_SLIP")
        assignments.pass_check(task, by=c.clerk, at=AT)
        problems.close(row, by=c.clerk, at=AT)
        closed_problems.append(row)
    return closed_problems


def drawn(c, **more) -> CallBackDraw:
    facts = {
        "area": c.city,
        "first": TODAY,
        "last": TODAY,
        "size": 4,
        "seed": "08 13 21",
        "by": c.clerk,
        "at": AT,
    }
    return problems.draw_call_backs(**(facts | more))


def test_calls_are_recorded_and_their_satisfaction_has_an_interval(c, closed):
    call_back_draw = drawn(c)
    assert call_back_draw.population == sorted(row.pk for row in closed)
    assert problems.can_repeat_draw(call_back_draw)
    calls = list(call_back_draw.call_backs.order_by("position"))
    assert [call.position for call in calls] == [1, 2, 3, 4]
    for call, satisfaction in zip(calls, ("SATISFIED", "BASICALLY", "DISSATISFIED"), strict=False):
        problems.record_call_back(
            call,
            result="REACHED",
            satisfaction=satisfaction,
            said_by="高总",
            note="只来了三个人",
            by=c.clerk,
            at=AT,
        )
    problems.record_call_back(calls[3], result="NOT_REACHED", by=c.officer, at=AT)
    rate = problems.satisfaction_rate(call_back_draw)
    assert (rate.numerator, rate.denominator) == (2, 3)
    again = Problem.objects.get(pk=calls[2].problem_id)
    assert again.assignment is not None
    assert (again.assignment.state, again.assignment.round) == ("IN_PROGRESS", 2)
    call = call_back_draw.call_backs.get(position=1)
    call.problem_id = calls[1].problem_id
    call.save()
    assert not problems.can_repeat_draw(call_back_draw)


def test_what_a_draw_and_a_call_refuse(c, closed):
    for wrong, sentence in (
        ({"seed": " "}, "写明随机种子"),
        ({"first": date(2026, 11, 25)}, "不能晚于"),
        ({"size": 0}, "1 到 500"),
        ({"first": date(2026, 1, 1), "last": date(2026, 1, 2)}, "没有可抽的"),
        ({"by": c.handler}, "只有攻坚办"),
    ):
        with pytest.raises(Refused, match=sentence):
            drawn(c, **wrong)
    call = drawn(c).call_backs.get(position=1)
    insider = AccountFactory(role="CLERK", unit=c.bureau, reads_area=c.city, writes_area=c.city)
    for facts, sentence in (
        ({"by": insider}, "承办单位的人"),
        ({"by": c.handler}, "由攻坚办"),
        ({"satisfaction": ""}, "满意度"),
        ({"said_by": ""}, "姓名"),
        ({"satisfaction": "DISSATISFIED"}, "哪里没有解决"),
    ):
        good = {"result": "REACHED", "satisfaction": "SATISFIED", "said_by": "高总", "by": c.clerk, "at": AT}
        with pytest.raises(Refused, match=sentence):
            problems.record_call_back(call, **(good | facts))
    problems.record_call_back(call, result="NOT_REACHED", by=c.clerk, at=AT)  # tried again later
    problems.record_call_back(
        call, result="REACHED", satisfaction="SATISFIED", said_by="高总", by=c.clerk, at=AT
    )
    with pytest.raises(Refused, match="已经记过"):
        problems.record_call_back(call, result="NOT_REACHED", by=c.clerk, at=AT)
