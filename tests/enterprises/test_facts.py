"""Dated values with a source: unknown is not zero, sources stand side by side, corrections are told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.enterprises import queries
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.facts.catalogue import NUMBER, all_facts, catalogue
from gongjian.enterprises.models import Fact
from gongjian.enterprises.states import PeriodKind
from tests.factories import EnterpriseFactory, FactFactory
from tests.scenes import city as make_city

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def put(city, at):
    """Record a monthly value with sensible defaults."""

    def recorded(value, **changed):
        facts = {
            "key": "用电量",
            "period_kind": "MONTH",
            "period": OCTOBER,
            "source": "企业月报",
            "by": city.clerk,
            "at": at,
        }
        return enterprises.record_fact(city.firm, value=Decimal(value), **(facts | changed))

    return recorded


def told(firm):
    return [(event.name, event.data) for event in events_of(firm)]


def test_the_catalogue_is_whole():
    known = catalogue()
    assert {"营业收入", "用电量", "期末从业人员", "税收"} <= set(known)
    for key, entry in known.items():
        assert entry.key == key
        assert entry.unit or entry.kind != NUMBER
        assert entry.english.isidentifier()
        assert set(entry.periods) <= set(PeriodKind.values)
        assert entry.gather in {"NONE", "SUM", "LAST"}
        assert entry.gather == "NONE" or entry.periods


def test_no_name_of_the_catalogue_means_two_things():
    names = [name for entry in all_facts().values() for name in (entry.key, entry.english, *entry.names)]
    assert len(set(names)) == len(names)


def test_a_value_keeps_its_provenance(city, put, at):
    fact = put("12.5")
    assert (fact.value, fact.unit, fact.source) == (Decimal("12.5"), "万千瓦时", "企业月报")
    assert (fact.recorded_by, fact.recorded_at) == (city.clerk, at)
    [(name, data)] = told(city.firm)
    assert name == "enterprise.fact_recorded"
    assert (data["value"], data["period"], data["source"]) == ("12.5", "2026-10-01", "企业月报")


def test_a_correction_tells_old_and_new_in_plain_figures(city, put):
    put("100")
    put("1200.50")
    assert Fact.objects.get().value == Decimal("1200.5")
    name, data = told(city.firm)[-1]
    assert name == "enterprise.fact_corrected"
    assert (data["before"], data["value"]) == ("100", "1200.5")


def test_the_same_value_again_is_no_correction(city, put):
    put("100")
    put("100.00")
    assert [name for name, _data in told(city.firm)] == ["enterprise.fact_recorded"]


def test_two_sources_stand_side_by_side_latest_first(city, put, at):
    put("100")
    put("96", source="供电公司", at=at + timedelta(hours=1))
    [values] = queries.facts_side_by_side(city.firm, since=date(2026, 1, 1))
    assert (values.key, values.period) == ("用电量", OCTOBER)
    assert [fact.source for fact in values.facts] == ["供电公司", "企业月报"]
    assert values.differs


def test_sources_that_agree_do_not_differ(city, put):
    put("100")
    put("100", source="供电公司")
    [values] = queries.facts_side_by_side(city.firm, since=date(2026, 1, 1))
    assert not values.differs


def test_a_month_and_a_year_that_begin_on_one_day_are_not_mixed(city, put):
    put("10", period=date(2026, 1, 1))
    put("120", period=date(2026, 1, 1), period_kind="YEAR")
    values = queries.facts_side_by_side(city.firm, since=date(2026, 1, 1))
    assert {(f.period_kind, len(f.facts)) for f in values} == {("MONTH", 1), ("YEAR", 1)}


def test_what_is_older_than_asked_is_left_out(city, put):
    put("10", period=date(2025, 1, 1))
    assert queries.facts_side_by_side(city.firm, since=date(2025, 2, 1)) == []


@pytest.mark.parametrize(
    ("kind", "written", "first"),
    [
        ("MONTH", date(2026, 10, 17), date(2026, 10, 1)),
        ("QUARTER", date(2026, 9, 30), date(2026, 7, 1)),
        ("QUARTER", date(2026, 3, 31), date(2026, 1, 1)),
        ("YEAR", date(2025, 5, 5), date(2025, 1, 1)),
        ("DAY", date(2025, 5, 5), date(2025, 5, 5)),
    ],
)
def test_any_day_of_a_period_means_the_period(put, kind, written, first):
    key = "资产总额" if kind == "DAY" else "营业收入"
    assert put("1", key=key, period_kind=kind, period=written).period == first


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"key": "利润率"}, "key"),
        ({"unit": "千瓦时"}, "unit"),
        ({"source": " "}, "source"),
        ({"period_kind": "DAY"}, "period_kind"),
        ({"period": date(2026, 12, 1)}, "period"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(city, put, changed, field):
    with pytest.raises(Refused) as refused:
        put("1", **changed)
    assert refused.value.field == field
    assert not Fact.objects.exists()
    assert told(city.firm) == []


def test_the_right_unit_may_be_named(put):
    assert put("1", unit="万千瓦时").unit == "万千瓦时"


def test_zero_is_a_value_and_no_row_is_unknown(city, put):
    put("0")
    [values] = queries.facts_side_by_side(city.firm, since=date(2026, 1, 1))
    assert values.facts[0].value == 0
    assert city.firm.facts.filter(key="税收").count() == 0


def test_only_keepers_record(city, put):
    with pytest.raises(Refused):
        put("1", by=city.handler)


def row(firm, value="5", **changed):
    return {
        "enterprise": firm,
        "key": "用电量",
        "period_kind": "MONTH",
        "period": OCTOBER,
        "value": Decimal(value),
        "unit": "万千瓦时",
    } | changed


def test_many_values_come_in_at_once_and_what_stands_is_left_alone(city, at):
    second = EnterpriseFactory(area=city.county)
    FactFactory(enterprise=city.firm, key="用电量", source="供电公司", value=Decimal(9))
    rows = [row(city.firm), row(city.firm, period=date(2026, 9, 1)), row(second)]
    assert enterprises.import_facts(rows, source="供电公司", by=city.clerk, at=at) == 2
    assert Fact.objects.get(enterprise=city.firm, period=OCTOBER).value == 9
    assert Fact.objects.count() == 3
    [event] = events_of(city.firm, second)
    assert event.data["rows"] == 2


def test_nothing_to_bring_in_leaves_no_event(city, at):
    assert enterprises.import_facts([], source="供电公司", by=city.clerk, at=at) == 0
    assert told(city.firm) == []


def test_values_of_a_firm_elsewhere_are_refused_as_a_whole(city, at):
    elsewhere = EnterpriseFactory(area=city.other_county)
    with pytest.raises(Refused):
        enterprises.import_facts(
            [row(city.firm), row(elsewhere)], source="供电公司", by=city.county_clerk, at=at
        )
    assert not Fact.objects.exists()
