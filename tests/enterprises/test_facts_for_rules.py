"""What rules read of firms: columns by name, the source that counts, unknown as unknown."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongjian.enterprises.facts_for_rules import queries as facts_for_rules
from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.source_conflicts.rules import rank_of
from gongjian.people.states import AreaLevel
from tests.factories import (
    AreaFactory,
    EnterpriseFactory,
    FactDecisionFactory,
    FactFactory,
    PairingFactory,
    PersonFactory,
    QualificationFactory,
    TenureFactory,
)

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def firm():
    area = AreaFactory(stat_code="419902000000")
    return EnterpriseFactory(
        area=area, industry_code="3110", founded_on=date(2001, 2, 3), above_designated_size=None
    )


def fact(firm, value="100", **changed):
    facts = {"key": "用电量", "period": OCTOBER, "unit": "万千瓦时"} | changed
    return FactFactory(enterprise=firm, value=value, **facts)


def table(*names, today):
    return facts_for_rules.facts_table(Enterprise.objects.all(), names, today=today)


def test_the_register_speaks_in_the_words_of_rules(firm, today):
    values = facts_for_rules.facts_of(firm, today=today).values
    assert values["行业代码"] == "3110"
    assert (values["行业大类"], values["行业中类"]) == (31, 311)
    assert values["成立日期"] == date(2001, 2, 3)
    assert values["经营状态"] == "正常经营"
    assert values["地区代码"] == "419902000000"
    assert "规上企业" not in values  # unknown is not no
    assert "产业链" not in values


@pytest.mark.parametrize("name", ["用电量@2026-10", "用电量@2026Q3", "用电量@2025"])
def test_a_value_stands_under_its_period(firm, today, name):
    kind, period = facts_for_rules.read_period_mark(name.partition("@")[2])
    fact(firm, period_kind=kind, period=period)
    assert facts_for_rules.facts_of(firm, today=today).values[name] == Decimal(100)
    assert table(name, today=today).columns[name] == [100.0]


def test_words_flags_and_dates_have_their_kind(firm, today):
    day = {"period_kind": "DAY", "period": date(2026, 3, 1), "unit": ""}
    fact(firm, key="主要能源", value=None, text="电", **day)
    fact(firm, key="境内外上市", value=0, **day)
    fact(firm, key="首次上规日期", value=None, text="2025-12-31", **day)
    values = facts_for_rules.facts_of(firm, today=today).values
    assert (values["主要能源"], values["境内外上市"], values["首次上规日期"]) == (
        "电",
        False,
        date(2025, 12, 31),
    )
    names = ("主要能源", "境内外上市", "首次上规日期")
    assert [table(*names, today=today).columns[name] for name in names] == [
        ["电"],
        [False],
        [date(2025, 12, 31)],
    ]


def test_of_a_standing_fact_the_latest_day_counts_but_no_day_to_come(firm, today):
    for day, value in ((date(2026, 6, 1), 3), (date(2025, 6, 1), 9), (today + timedelta(days=1), 7)):
        fact(firm, key="二类知识产权", value=value, period_kind="DAY", period=day)
    assert facts_for_rules.facts_of(firm, today=today).values["二类知识产权"] == 3
    assert table("二类知识产权", today=today).columns["二类知识产权"] == [3.0]


def test_the_more_official_source_counts_until_somebody_decides(firm, today, at):
    fact(firm, "100", source="企业月报", recorded_at=at)
    fact(firm, "96", source="供电公司", recorded_at=at - timedelta(days=9))
    known = facts_for_rules.facts_of(firm, today=today)
    assert known.values["用电量@2026-10"] == 96
    [conflict] = known.conflicts
    assert (conflict.key, conflict.used.source, len(conflict.words)) == ("用电量", "供电公司", 2)
    assert table("用电量@2026-10", today=today).conflicting == {firm.pk}
    FactDecisionFactory(enterprise=firm, key="用电量", source="企业月报")
    known = facts_for_rules.facts_of(firm, today=today)
    assert (known.values["用电量@2026-10"], known.conflicts) == (100, ())
    decided = table("用电量@2026-10", today=today)
    assert (decided.columns["用电量@2026-10"], decided.conflicting) == ([100.0], set())


def test_sources_that_agree_are_no_conflict(firm, today):
    fact(firm, source="企业月报")
    fact(firm, source="供电公司")
    assert facts_for_rules.facts_of(firm, today=today).conflicts == ()


def test_a_decision_for_a_source_that_fell_silent_is_none(firm, today):
    fact(firm, "96", source="供电公司")
    FactDecisionFactory(enterprise=firm, key="用电量", source="企业月报")
    assert facts_for_rules.facts_of(firm, today=today).values["用电量@2026-10"] == 96


@pytest.mark.parametrize(
    ("source", "rank"),
    [
        ("市统计局", 1),
        ("供电公司", 2),
        ("税务部门", 2),
        ("市工信局", 3),
        ("企业年报", 4),
        ("企业月报", 5),
        ("电话", 5),
    ],
)
def test_ranks_of_sources(source, rank):
    assert rank_of(source) == rank


def test_titles_are_unknown_until_one_was_recorded_or_the_list_was_checked(firm, today):
    assert "资质荣誉" not in facts_for_rules.facts_of(firm, today=today).values
    fact(firm, key="资质荣誉已核对", value=1, period_kind="DAY", period=date(2026, 3, 1))
    assert facts_for_rules.facts_of(firm, today=today).values["资质荣誉"] == frozenset()
    QualificationFactory(enterprise=firm, name="高新技术企业", valid_to=today)
    QualificationFactory(enterprise=firm, name="创新型中小企业", valid_to=today - timedelta(days=1))
    assert facts_for_rules.facts_of(firm, today=today).values["资质荣誉"] == {"高新技术企业"}


@pytest.mark.parametrize(
    ("level", "expected"), [(AreaLevel.CITY, (True, False)), (AreaLevel.COUNTY, (False, True))]
)
def test_a_pairing_is_a_fact(firm, today, level, expected):
    person = PersonFactory()
    TenureFactory(person=person, post__unit__area=AreaFactory(level=level))
    PairingFactory(enterprise=firm, person=person, kind="LEADER")
    values = facts_for_rules.facts_of(firm, today=today).values
    assert (values["市领导包联"], values["县领导包联"]) == expected


def test_columns_of_all_firms_in_order_and_in_few_queries(firm, today, django_assert_max_num_queries):
    firms = [firm, *(EnterpriseFactory(area=firm.area) for _n in range(20))]
    for n, one in enumerate(firms[::2]):
        fact(one, n)
    with django_assert_max_num_queries(8):
        known = table("用电量@2026-10", "成立日期", "资质荣誉", "市领导包联", today=today)
    assert known.pks == [one.pk for one in firms]
    assert known.columns["用电量@2026-10"] == [n / 2 if n % 2 == 0 else None for n in range(21)]
    assert set(known.columns) == {"用电量@2026-10", "成立日期", "资质荣誉", "市领导包联"}


def test_one_firm_and_the_table_agree(firm, today):
    fact(firm, "12.3456")
    fact(firm, "7", period=date(2026, 9, 1), source="供电公司")
    values = facts_for_rules.facts_of(firm, today=today).values
    columns = table(*values, today=today).columns
    assert {name: column[0] for name, column in columns.items()} == {
        name: float(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }


@pytest.mark.parametrize(
    ("mark", "kind", "day"),
    [
        ("2026-03", "MONTH", date(2026, 3, 1)),
        ("2026Q4", "QUARTER", date(2026, 10, 1)),
        ("2026", "YEAR", date(2026, 1, 1)),
        ("2026-03-31", "DAY", date(2026, 3, 31)),
    ],
)
def test_marks_of_periods(mark, kind, day):
    assert facts_for_rules.read_period_mark(mark) == (kind, day)
