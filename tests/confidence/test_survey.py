"""A firm's answer is counted; the database, read raw, has nothing that joins it to the firm."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from gongjian.audit import Refused
from gongjian.audit.models import Event, UsedForm
from gongjian.confidence import queries
from gongjian.confidence import services as confidence
from gongjian.confidence.models import BallotBox
from tests import scenes
from tests.factories import AT, TODAY, EnterpriseAccountFactory

CLOSED = TODAY + timedelta(days=11)


@pytest.fixture
def c(db):
    return scenes.city()


def accounts_of(c, count, *, area=None, industry="钢铁"):
    return [
        EnterpriseAccountFactory(
            enterprise__area=area or c.county,
            enterprise__industry=industry,
            account__reads_area=area or c.county,
        ).account
        for _ in range(count)
    ]


def opened(c, **facts):
    days = {"opens_on": TODAY, "closes_on": TODAY + timedelta(days=10)}
    return confidence.open_survey(**{"name": "四季度", "area": c.city, **days, **facts}, by=c.clerk, at=AT)


def answer(survey, who, said="GOOD-FAIR", *, at=AT):
    now, _dash, expected = said.partition("-")
    confidence.answer(survey, now=now, expected=expected, by=who, at=at)


def dump():
    """Every table of the database raw, row numbers included: table -> rows as text."""
    with connection.cursor() as cursor:
        names, found = connection.introspection.table_names(cursor), {}
        numbered = set()
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT wr")
            numbered = {name for (name,) in cursor.fetchall()}
        for name in names:
            cursor.execute(f'SELECT {"rowid, " if name in numbered else ""}* FROM "{name}"')
            found[name] = [repr(row) for row in cursor.fetchall()]
    return found


def changed(before, after):
    return {name for name in after if before.get(name) != after[name]}


def test_an_answer_changes_one_row_of_counts_and_nothing_else_in_the_database(c):
    firms = accounts_of(c, 6)
    survey = opened(c)
    before, row = dump(), BallotBox.objects.get().pk
    answer(survey, firms[3])
    assert changed(before, dump()) == {"confidence_ballotbox"}
    for who in firms[:3]:
        answer(survey, who, "BAD-BAD")
    assert BallotBox.objects.get().pk == row
    assert not Event.objects.filter(by_id=firms[3].pk).exists()
    assert not UsedForm.objects.exists()


def test_the_order_of_answers_leaves_no_trace(c):
    firms, answers = accounts_of(c, 6), ["GOOD-BAD", "BAD-GOOD", "FAIR-FAIR", "BAD-BAD"]
    survey = opened(c)
    pairs = list(zip(firms, answers, strict=False))
    boxes = []
    for order in (pairs, pairs[::-1], [pairs[2], pairs[0], pairs[3], pairs[1]]):
        BallotBox.objects.update(counts={}, marks=[])
        for hours, (who, said) in enumerate(order):
            answer(survey, who, said, at=AT + timedelta(hours=hours))
        boxes.append(dump()["confidence_ballotbox"])
    assert boxes[0] == boxes[1] == boxes[2]


def test_nothing_in_the_box_names_a_firm_or_a_moment(c, settings):
    firms = accounts_of(c, 6)
    survey = opened(c)
    for who in firms:
        answer(survey, who)
    [text] = dump()["confidence_ballotbox"]
    for who in firms:
        firm = who.speaks_for.enterprise
        for name in (firm.name, firm.credit_code):
            assert not name or name not in text
    box = BallotBox.objects.get()
    assert box.marks == sorted(box.marks)
    assert all(len(mark) == 64 for mark in box.marks)
    assert "2026" not in json.dumps(box.counts)
    settings.SECRET_KEY = "another instance"
    assert not any(queries.has_answered(survey, who.speaks_for.enterprise) for who in firms)


def test_a_firm_answers_once_and_only_what_asks_it(c):
    firms = accounts_of(c, 5)
    elsewhere = accounts_of(c, 1, area=c.other_county)[0]
    survey = opened(c, area=c.county)
    answer(survey, firms[0])
    with pytest.raises(Refused, match="已经答过"):
        answer(survey, firms[0], "BAD-BAD")
    for who, at in ((elsewhere, AT), (firms[1], AT + timedelta(days=11)), (firms[1], AT - timedelta(days=1))):
        with pytest.raises(Refused, match="不调查您的企业"):
            answer(survey, who, at=at)
    with pytest.raises(Refused, match="企业自己"):
        answer(survey, c.clerk)
    with pytest.raises(ValueError, match="MAYBE"):
        answer(survey, firms[1], "MAYBE-BAD")
    assert BallotBox.objects.get().counts["all"] == {"GOOD-FAIR": 1}


def test_results_wait_for_the_end_and_for_enough_answers(c):
    firms = accounts_of(c, 9)
    survey = opened(c)
    for who in firms[:4]:
        answer(survey, who)
    survey = queries.surveys_visible_to(c.clerk).get()
    assert queries.results_of(survey, today=TODAY).index is None
    assert queries.results_of(survey, today=CLOSED).index is None  # four are too few
    answer(survey, firms[4])
    survey = queries.surveys_visible_to(c.clerk).get()
    running = queries.results_of(survey, today=TODAY)
    assert (running.index, running.answered, running.counties) == (None, 5, [])
    done = queries.results_of(survey, today=CLOSED)
    assert (done.index.value, done.index.answered, done.asked) == (140, 5, 9)


def test_a_county_or_trade_is_told_only_above_the_small_number(c):
    many, few = accounts_of(c, 7), accounts_of(c, 5, area=c.other_county, industry="焦化")
    tiny = accounts_of(c, 2, industry="水泥")
    survey = opened(c)
    assert "sector:水泥" not in survey.asked  # two firms are not even counted apart
    for who in (*many, *few, *tiny):
        answer(survey, who)
    survey = queries.surveys_visible_to(c.clerk).get()
    found = queries.results_of(survey, today=CLOSED)
    assert {line.name: line.index and line.index.answered for line in found.counties} == {
        "临河区": 9,
        "北岭区": 5,
    }
    told = {line.name: line.index and line.index.answered for line in found.sectors}
    assert told == {
        "钢铁": 7,
        "焦化": None,
    }  # with both told, the two cement works would be had by subtraction


def test_a_survey_needs_firms_enough_and_an_office_that_may(c):
    accounts_of(c, 4)
    with pytest.raises(Refused, match="不足5家"):
        opened(c)
    accounts_of(c, 1)
    with pytest.raises(Refused, match="截止日期"):
        opened(c, closes_on=TODAY - timedelta(days=1), opens_on=TODAY - timedelta(days=5))
    with pytest.raises(Refused, match="攻坚办"):
        confidence.open_survey(
            name="四", area=c.city, opens_on=TODAY, closes_on=TODAY, by=c.county_clerk, at=AT
        )
    assert opened(c).asked["all"] == 5
    assert Event.objects.filter(name="confidence.opened").count() == 1
