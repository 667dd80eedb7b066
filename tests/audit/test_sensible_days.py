"""A day that makes no sense for its meaning is refused with a sentence, at every way in."""

from datetime import date, timedelta

import pytest

from gongjian.audit import Refused
from gongjian.audit.sensible_days import check_day
from gongjian.cli.main import main
from gongjian.engines.writing.day_spans import SPANS, DayMeaning, makes_sense
from gongjian.enterprises import services as enterprises
from gongjian.people import services as people
from gongjian.visits import services as visits
from tests import scenes
from tests.factories import AT, TODAY, PersonFactory


@pytest.mark.parametrize("meaning", list(DayMeaning))
@pytest.mark.parametrize(
    "day", [date(202, 11, 24), date(1000, 1, 1), date(2206, 11, 24), date(9999, 12, 31), date(1, 1, 1)]
)
def test_a_slip_of_the_keyboard_makes_no_sense_anywhere(meaning, day):
    with pytest.raises(Refused, match="请核对"):
        check_day(day, meaning, today=TODAY)


@pytest.mark.parametrize("meaning", list(DayMeaning))
def test_the_ends_of_a_span_pass_and_what_lies_beyond_does_not(meaning):
    first, last = SPANS[meaning].first, SPANS[meaning].last(TODAY)
    assert all(makes_sense(day, meaning, TODAY) for day in (first, last, TODAY))
    assert not makes_sense(first - timedelta(1), meaning, TODAY)
    assert not makes_sense(last + timedelta(1), meaning, TODAY)
    check_day(None, meaning, today=TODAY)


@pytest.fixture
def c(db):
    return scenes.city()


def plan(c, starts_on, ends_on):
    facts = {
        "kind": "VISIT",
        "title": "走访",
        "area": c.county,
        "enterprises": [c.firm],
        "by": c.clerk,
        "at": AT,
    }
    return visits.plan(starts_on=starts_on, ends_on=ends_on, **facts)


@pytest.mark.parametrize("day", [date(206, 11, 24), date(2206, 11, 24)])
def test_services_refuse_it_too(c, day):
    acts = [
        lambda: plan(c, day, day),
        lambda: enterprises.update_firm(c.firm, founded_on=day, by=c.clerk, at=AT),
        lambda: enterprises.add_pairing(
            c.firm, person=c.director, kind="OFFICER", since=day, by=c.clerk, at=AT
        ),
        lambda: enterprises.add_qualification(
            c.firm, name="高企", valid_from=None, valid_to=day, by=c.clerk, at=AT
        ),
        lambda: enterprises.record_fact(
            c.firm, key="用电量", period_kind="MONTH", period=day, value=1, source="企业", by=c.clerk, at=AT
        ),
        lambda: people.appoint(PersonFactory(), unit=c.bureau, title="科长", since=day, by=c.clerk, at=AT),
        lambda: people.disable_unit(c.other_bureau, on=day, by=c.administrator, at=AT),
    ]
    for act in acts:
        with pytest.raises(Refused, match="请核对"):
            act()


def test_a_firm_is_not_founded_tomorrow(c):
    with pytest.raises(Refused, match="还没有到"):
        enterprises.update_firm(c.firm, founded_on=TODAY + timedelta(1), by=c.clerk, at=AT)
    assert enterprises.update_firm(c.firm, founded_on=date(1865, 9, 20), by=c.clerk, at=AT).founded_on


def test_a_command_refuses_it(capsys):
    with pytest.raises(SystemExit):
        main(["bulletin", "--from", "0202-11-23", "--to", "2026-11-29"])
    assert "请核对年份" in capsys.readouterr().err
