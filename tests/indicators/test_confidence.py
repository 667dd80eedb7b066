"""The confidence survey: rounds, who may answer, results, and that no answer can be joined to its firm in the database."""

import itertools
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.indicators import services as indicators
from gongjian.indicators.confidence import queries, sealing
from gongjian.indicators.models import ConfidenceResult, SealedAnswer, SealedAnswerer
from tests import scenes
from tests.factories import AT, AreaFactory, EnterpriseAccountFactory, EnterpriseFactory

QUARTER, UNTIL = date(2026, 10, 1), date(2026, 12, 20)
GOOD, BAD = (1, 1), (-1, -1)
SEALED = {"indicators_sealedanswer", "indicators_sealedanswerer"}


@pytest.fixture
def c(db):
    return scenes.city()


def firms(c, number, *, industry="钢铁", area=None, **facts):
    return [
        EnterpriseFactory(name=f"{industry}{n}厂", industry=industry, area=area or c.county, **facts)
        for n in range(number)
    ]


def opened(c, *, quarter=QUARTER, until=UNTIL, by=None, at=AT):
    return indicators.open_survey(quarter=quarter, until=until, by=by or c.clerk, at=at)


def said(survey, rows, *, at=AT):
    for firm, (now, expected) in rows:
        indicators.answer(survey, enterprise=firm, now=now, expected=expected, by=None, at=at)


def closed(c, survey):
    return indicators.close_survey(survey, by=c.clerk, at=AT)


def shown(c, survey):
    """Group -> (answered, asked, index) of a round as the pages read it."""
    found = next(one for one in queries.rounds(c.clerk) if one.survey == survey)
    return {
        (line.row.kind, line.row.name): (line.row.answered, line.row.asked, line.row.index)
        for line in found.lines
    }


def test_a_round_is_opened_answered_and_closed_and_a_result_needs_enough_answers(c):
    other = AreaFactory(parent=c.city, name="东山县", level="COUNTY")
    here, there = firms(c, 9), firms(c, 8, industry="水泥", area=other)
    survey = opened(c)
    said(
        survey,
        [(firm, GOOD) for firm in here[:6]] + [(there[0], BAD)] + [(firm, (0, 1)) for firm in there[1:6]],
    )
    assert queries.answered_so_far(survey) == 12
    closed(c, survey)
    asked = survey.asked
    assert shown(c, survey) == {
        ("ALL", ""): (12, asked, Decimal("166.7")),
        ("SECTOR", "钢铁"): (6, 9, Decimal("200.0")),
        ("SECTOR", "水泥"): (6, 8, Decimal("133.3")),
        ("AREA", c.county.name): (6, asked - 8, Decimal("200.0")),
        ("AREA", "东山县"): (6, 8, Decimal("133.3")),
    }
    names = list(Event.objects.filter(name__startswith="survey.").values_list("name", flat=True))
    assert names == ["survey.opened", "survey.closed"]


def test_small_groups_are_told_together_and_no_trace_of_them_is_kept(c):
    wide, small, tiny = firms(c, 12), firms(c, 6, industry="水泥"), firms(c, 3, industry="焦化")
    survey = opened(c)
    said(survey, [(firm, GOOD) for firm in wide[:9]] + [(firm, BAD) for firm in small[:4] + tiny[:2]])
    closed(c, survey)
    sectors = {name: row[0] for (kind, name), row in shown(c, survey).items() if kind == "SECTOR"}
    assert sectors == {"钢铁": 9, "": 6}
    assert not SealedAnswer.objects.exists()
    assert not SealedAnswerer.objects.exists()


@pytest.mark.parametrize("number", [0, 1, 4])
def test_too_few_answers_leave_no_result(c, number):
    rows = firms(c, 20)
    survey = opened(c)
    said(survey, [(firm, BAD) for firm in rows[:number]])
    assert closed(c, survey).answered == number
    assert (shown(c, survey), ConfidenceResult.objects.count(), SealedAnswer.objects.count()) == ({}, 0, 0)


def test_a_firm_that_moves_meanwhile_cannot_be_had_by_subtraction(c):
    rows = firms(c, 15) + firms(c, 1, industry="采石")
    survey = opened(c)
    said(survey, [(firm, GOOD) for firm in rows[:10]])
    rows[15].industry = "养殖"  # a sector the round knows nothing of
    rows[15].save()
    said(survey, [(rows[15], BAD)])
    closed(c, survey)
    assert shown(c, survey)["ALL", ""][0] == 11
    assert [name for kind, name in shown(c, survey) if kind == "SECTOR"] == []


def test_the_change_since_the_round_before_says_whether_it_is_more_than_chance(c):
    rows = firms(c, 120)
    for quarter, good in ((date(2026, 4, 1), 20), (date(2026, 7, 1), 22), (QUARTER, 95)):
        survey = opened(c, quarter=quarter)
        indicators.take_answers(
            survey, [(f, *(GOOD if n < good else BAD)) for n, f in enumerate(rows[:100])], at=AT
        )
        closed(c, survey)
    newest, middle, oldest = (one.whole for one in queries.rounds(c.clerk))
    assert (oldest.change, middle.change, newest.change) == (None, Decimal("4.0"), Decimal("146.0"))
    assert (oldest.change_is_sure, middle.change_is_sure, newest.change_is_sure) == (False, False, True)
    assert newest.row.low < newest.row.index < newest.row.high


def test_only_the_city_office_runs_a_round_and_one_at_a_time(c):
    firms(c, 9)
    for account in (c.leader, c.officer, c.handler):
        with pytest.raises(Refused):
            opened(c, by=account)
    survey = opened(c)
    for facts in ({}, {"quarter": date(2026, 7, 1)}):
        with pytest.raises(Refused, match="还没有结束"):
            opened(c, **facts)
    with pytest.raises(Refused):
        indicators.close_survey(survey, by=c.leader, at=AT)
    closed(c, survey)
    with pytest.raises(Refused, match="已经结束"):
        closed(c, survey)
    with pytest.raises(Refused, match="已经调查过"):
        opened(c)
    with pytest.raises(Refused, match="已经过去"):
        opened(c, quarter=date(2026, 7, 1), until=AT.date() - timedelta(days=1))


def test_a_round_that_could_hide_nobody_is_not_opened(c):
    firms(c, 2)
    with pytest.raises(Refused, match="不足"):
        opened(c)


def test_a_firm_answers_once_for_itself_while_the_round_is_open_and_it_is_in_business(c):
    rows, stopped = firms(c, 9), firms(c, 1, industry="煤炭", status="STOPPED")
    own = EnterpriseAccountFactory(enterprise=rows[0]).account
    survey = opened(c)

    def answer(firm, by=None, at=AT):
        indicators.answer(survey, enterprise=firm, now=1, expected=0, by=by, at=at)

    for refused, why in (
        ((rows[1], own), "自己的账号"),
        ((rows[1], c.clerk), "自己的账号"),
        ((stopped[0],), "正常经营"),
        ((rows[0], own, AT + timedelta(days=60)), "截止"),
    ):
        with pytest.raises(Refused, match=why):
            answer(*refused)
    assert queries.invitation_of(own).answered is False
    answer(rows[0], own)
    assert queries.invitation_of(own).answered is True
    with pytest.raises(Refused, match="已经作答"):
        answer(rows[0], own)
    with pytest.raises(Refused, match="已经作答"):
        indicators.take_answers(survey, [(rows[2], 1, 1), (rows[2], 0, 0)], at=AT)
    closed(c, survey)
    with pytest.raises(Refused, match="截止"):
        answer(rows[1])
    assert queries.invitation_of(own) is None


def test_with_another_key_nothing_is_taken_that_could_not_be_counted(c, settings):
    rows = firms(c, 9)
    survey = opened(c)
    settings.SECRET_KEY = "another key"
    with pytest.raises(Refused, match="密钥换过"):
        said(survey, [(rows[0], GOOD)])
    assert not SealedAnswerer.objects.exists()


# What whoever has the database, and not the key beside it, can see.


def tables():
    """Every table with its rows; of SQLite with the hidden number of each row."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            hidden = "rowid, " if connection.vendor == "sqlite" and _numbered(cursor, name) else ""
            cursor.execute(f'SELECT {hidden}* FROM "{name}"')
            found[name] = cursor.fetchall()
    return found


def _numbered(cursor, name):
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
    return "WITHOUT ROWID" not in cursor.fetchone()[0]


def columns(name):
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, name)]


def left_by(before):
    """The rows of each table that were not there before."""
    after = tables()
    return {
        name: [row for row in rows if row not in before[name]]
        for name, rows in after.items()
        if rows != before[name]
    }


def test_an_answer_leaves_counts_and_a_sealed_mark_and_nothing_else(c):
    rows = firms(c, 9)
    own = EnterpriseAccountFactory(enterprise=rows[3]).account
    survey = opened(c)
    before = tables()
    indicators.answer(survey, enterprise=rows[3], now=1, expected=-1, by=own, at=AT)
    left = left_by(before)
    assert set(left) - {"sqlite_sequence"} == SEALED
    assert set(columns("indicators_sealedanswerer")) == {"key", "survey_id", "mark"}
    assert set(columns("indicators_sealedanswer")) == {"key", "survey_id", "paper"}
    assert [len(left[name]) for name in sorted(SEALED)] == [1, 1]
    drawn = [row[0] for name in sorted(SEALED) for row in left[name]]
    assert len(set(drawn)) == 2
    told = {str(value) for rows in left.values() for row in rows for value in row}
    assert told.isdisjoint({str(rows[3].pk), rows[3].name, str(own.pk), own.username, "钢铁", c.county.name})


def test_no_row_is_in_the_order_of_the_answers(c):
    rows = firms(c, 40)
    survey = opened(c)
    for firm in rows:
        said(survey, [(firm, GOOD)])
    order = [SealedAnswerer.objects.get(mark=sealing.seal_firm(survey, firm.pk)).pk for firm in rows]
    assert order != sorted(order)
    assert 5 < sum(one < two for one, two in itertools.pairwise(order)) < 34
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in SEALED:
                cursor.execute(f'SELECT count(*) FROM "{name}" WHERE rowid <> "key"')
                assert cursor.fetchone() == (
                    0,
                )  # the drawn key is the number of the row: there is no other order


# Last columns that count: a sealed paper tells nothing, of a mark all but its drawn number, of a result all but its number.
COUNTING = {"indicators_sealedanswer": 1, "indicators_sealedanswerer": 2, "indicators_confidenceresult": 10}


def seen(rows):
    """What is told once drawn numbers and sealed papers are taken away: they say nothing without the key."""
    return {
        name: Counter(row[-COUNTING.get(name, len(row)) :] for row in found)
        for name, found in rows.items()
        if name != "sqlite_sequence"
    }


@pytest.mark.parametrize("close", [False, True])
@pytest.mark.parametrize(
    "exchanged",
    [(0, 1), (0, 4), (2, 7), (4, 7)],
    ids=["one sector", "two sectors", "two counties", "both"],
)
def test_had_two_firms_said_what_the_other_said_the_database_would_be_the_same(c, exchanged, close):
    """Whoever could tell from the file who said what could tell these two apart."""
    other = AreaFactory(parent=c.city, name="东山县", level="COUNTY")
    rows = firms(c, 4) + firms(c, 3, industry="水泥") + firms(c, 4, industry="焦化", area=other)
    answers = [(1, 1), (-1, 0), (0, 0), (1, 0), (-1, -1), (0, 1), (1, 1), (0, -1), (1, -1), (0, 0), (1, 0)]
    first, second = exchanged
    swapped = list(answers)
    swapped[first], swapped[second] = answers[second], answers[first]
    survey = opened(c)
    worlds = []
    for told in (answers, swapped):
        point = transaction.savepoint()
        said(survey, zip(rows, told, strict=True))
        if close:
            closed(c, survey)
        worlds.append(seen(tables()))
        transaction.savepoint_rollback(point)
    assert worlds[0] == worlds[1]
    assert sum(worlds[0]["indicators_sealedanswerer"].values()) == (0 if close else len(rows))


@pytest.mark.django_db
def test_what_is_deleted_is_overwritten():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone() == (1,)
