"""Firms' monthly returns added up by sector and area: the same firms compared, nothing guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.enterprises.monthly_returns import names_in_sectors, queries, rules, vocabulary
from gongjian.enterprises.states import PeriodKind
from tests import scenes
from tests.factories import EnterpriseFactory, FactFactory

MONTH, BEFORE, TODAY = date(2026, 10, 1), date(2025, 10, 1), date(2026, 11, 24)
NUMBERS = st.none() | st.integers(0, 10**6)


def firm(now=None, before=None, *, sector="STEEL"):
    blank = dict.fromkeys(vocabulary.KEYS)
    return rules.FirmMonth(1, "甲", None, sector, blank | (now or {}), blank | (before or {}))


def added(firms, key=vocabulary.OUTPUT):
    return next(one for one in totals(firms).added if one.key == key)


def totals(firms):
    return rules.totals("钢铁", "STEEL", firms, month=MONTH, full_load=90)


def test_growth_compares_only_firms_known_in_both_years():
    firms = [
        firm({vocabulary.OUTPUT: 120.0}, {vocabulary.OUTPUT: 100.0}),
        firm({vocabulary.OUTPUT: 900.0}),  # new: adds to the sum, not to the growth
        firm({}, {vocabulary.OUTPUT: 500.0}),  # silent this year: not counted as nothing
    ]
    one = added(firms)
    assert (one.total, one.firms, round(one.growth, 6)) == (1020.0, 2, 20.0)
    assert (totals(firms).reported, totals(firms).missing) == (2, 1)


def test_rates_count_only_firms_that_tell():
    firms = [
        firm({vocabulary.CAPACITY: 95.0, vocabulary.ELECTRICITY: 3.0}),
        firm({vocabulary.CAPACITY: 60.0}),
        firm({vocabulary.OUTPUT: 8.0, vocabulary.IDLE: 31.0}),  # idle all October
        firm({vocabulary.STAFF: 40.0}),  # tells nothing of work
        firm(),
    ]
    found = totals(firms)
    assert found.full_load == 50
    assert found.capacity == pytest.approx(77.5)
    assert found.restart == pytest.approx(200 / 3)
    none = totals([firm()])
    assert (none.full_load, none.capacity, none.restart, added([firm()]).total) == (None, None, None, None)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8))
def test_a_total_is_the_sum_of_its_parts_and_growth_never_divides_by_nothing(pairs):
    firms = [firm({vocabulary.OUTPUT: now}, {vocabulary.OUTPUT: before}) for now, before in pairs]
    whole, half = added(firms), len(firms) // 2
    parts = [added(firms[:half]), added(firms[half:])]
    assert whole.total or pytest.approx(sum(part.total or 0 for part in parts)) == 0
    assert whole.firms == sum(part.firms for part in parts)
    base = sum(before for now, before in pairs if now is not None and before is not None)
    assert (whole.growth is None) == (base <= 0)


def test_a_sector_is_the_first_whose_beginning_fits_and_its_name_is_translated():
    table = rules.sector_table()
    wanted = {
        "3110": "STEEL",
        "2521": "COKING",
        "2511": "OTHER",
        "3011": "CEMENT",
        "0610": "COAL",
        "": "OTHER",
    }
    assert {code: table.sector_of(code) for code in wanted} == wanted
    assert [one.name for one in table.sectors] == list(names_in_sectors.NAMES)


@pytest.mark.django_db
def test_a_firm_is_expected_for_a_year_and_seen_where_its_page_is():
    c = scenes.city()
    steel = EnterpriseFactory(area=c.county, industry_code="3110", name="安川甲钢铁有限公司")
    FactFactory(
        enterprise=steel, key=vocabulary.OUTPUT, period_kind=PeriodKind.MONTH, period=MONTH, value=120
    )
    FactFactory(
        enterprise=steel, key=vocabulary.OUTPUT, period_kind=PeriodKind.MONTH, period=BEFORE, value=100
    )
    silent = EnterpriseFactory(area=c.other_county, industry_code="3011", name="安川乙水泥有限公司")
    FactFactory(
        enterprise=silent, key=vocabulary.OUTPUT, period_kind=PeriodKind.MONTH, period=BEFORE, value=70
    )
    forgotten = EnterpriseFactory(area=c.county, industry_code="3110")
    old = date(2025, 9, 1)
    FactFactory(
        enterprise=forgotten, key=vocabulary.OUTPUT, period_kind=PeriodKind.MONTH, period=old, value=9
    )
    found = queries.month_of_firms(c.clerk, month=MONTH, today=TODAY)
    assert (len(found.whole.firms), found.whole.reported) == (2, 1)
    assert {group.key: group.missing for group in found.sectors} == {"STEEL": 0, "CEMENT": 1}
    assert [(group.label, group.reported) for group in found.areas] == [
        ("临河区", 1),
        (c.other_county.name, 0),
    ]
    county = queries.month_of_firms(c.county_clerk, month=MONTH, today=TODAY)
    assert [one.name for one in county.whole.firms] == ["安川甲钢铁有限公司"]
    assert queries.latest_month_reported(c.county_clerk) == MONTH
