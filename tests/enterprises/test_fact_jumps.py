"""Figures that jump are questions: by factor, sign, unit and zero; what is near what is known never asks."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.enterprises.facts import rules
from gongjian.enterprises.facts.catalogue import NUMBER, catalogue
from gongjian.enterprises.facts.rules import (
    Jump,
    KnownValue,
    find_jump,
    jump_between,
    nearest_values,
    usual_span,
    years_back,
    years_before,
)
from gongjian.enterprises.facts.wording import jump_in_words
from gongjian.enterprises.states import PeriodKind

OCTOBER = date(2026, 10, 1)
UNITS = sorted({entry.unit for entry in catalogue().values() if entry.kind == NUMBER})


@pytest.mark.parametrize(
    ("unit", "before", "value", "jump"),
    [
        ("万元", "549", "999999", Jump.MORE),
        ("万元", "320", "3201", Jump.MORE),
        ("人", "85", "1200", Jump.MORE),
        ("万千瓦时", "12.5", "130", Jump.MORE),
        ("吨", "40", "30000", Jump.MORE),
        ("万元", "3201", "320", Jump.LESS),
        ("人", "860", "8", Jump.LESS),
        ("吨", "5200", "51", Jump.LESS),
        ("万元", "549", "5490000", Jump.UNIT_MORE),
        ("万元", "1200", "9999999", Jump.UNIT_MORE),
        ("万元", "2.4", "26000", Jump.UNIT_MORE),
        ("万千瓦时", "31", "290000", Jump.UNIT_MORE),
        ("万元", "12000", "1.2", Jump.UNIT_LESS),
        ("万元", "85000", "9.1", Jump.UNIT_LESS),
        ("万千瓦时", "260", "0.0273", Jump.UNIT_LESS),
        ("万元", "500", "-300", Jump.SIGN),
        ("万元", "-80", "75", Jump.SIGN),
        ("万元", "-1200", "1100", Jump.SIGN),
        ("万元", "0", "9999999", Jump.FROM_ZERO),
        ("人", "0", "4000", Jump.FROM_ZERO),
        ("万千瓦时", "0", "250", Jump.FROM_ZERO),
        ("万元", "549", "0", Jump.TO_ZERO),
        ("人", "85", "0", Jump.TO_ZERO),
        ("万元", "-600", "0", Jump.TO_ZERO),
        ("万元", "549", "549", None),
        ("人", "85", "85", None),
        ("万元", "0", "0", None),
        ("万元", "549", "5490", None),
        ("万元", "5490", "549", None),
        ("人", "85", "140", None),
        ("万元", "-300", "-420", None),
        ("万元", "-2000", "-250", None),
        ("万元", "12", "-9", None),
        ("天", "0", "31", None),
        ("天", "1", "28", None),
        ("万元", "0", "640", None),
        ("项", "1", "14", None),
        ("没有的单位", "1", "200", Jump.MORE),
    ],
)
def test_what_is_a_question_after_a_value(unit, before, value, jump):
    assert jump_between(Decimal(before), Decimal(value), unit=unit) == jump


numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@given(unit=st.sampled_from(UNITS), before=numbers, part=st.decimals(min_value="0.1", max_value=10, places=3))
def test_what_is_within_the_factor_never_asks(unit, before, part):
    assert before == 0 or jump_between(before, before * part, unit=unit) is None


@given(unit=st.sampled_from(UNITS), before=numbers, value=numbers, further=numbers)
def test_what_is_still_further_away_asks_as_well(unit, before, value, further):
    away = value + (abs(further) if value > before else -abs(further))
    if before >= 0 and jump_between(before, value, unit=unit) is not None:
        assert jump_between(before, away, unit=unit) is not None


def known(*lines):
    return [KnownValue(date(*day), Decimal(value), source) for day, value, source in lines]


def asks(value, lines, *, source="企业月报"):
    nearest = nearest_values(known(*lines), period=OCTOBER, source=source)
    return find_jump(Decimal(value), nearest, key="营业收入", unit="万元", period_kind="MONTH")


def test_the_nearest_earlier_value_counts_and_what_comes_later_does_not():
    lines = [((2026, 3, 1), 90, "企业月报"), ((2026, 8, 1), 5000, "企业月报"), ((2026, 11, 1), 4, "企业月报")]
    assert asks(5200, lines) is None
    question = asks(90, lines)
    assert question is not None
    assert (question.known.period, question.times) == (date(2026, 8, 1), 55)


def test_a_first_value_is_a_question_only_outside_what_is_usual():
    assert asks(700, []) is None
    assert asks(0, []) is None
    for later in ([], [((2026, 11, 1), 4, "企业月报")]):
        question = asks(9999999, later)
        assert question is not None
        assert (question.jump, question.known, question.times) == (Jump.RANGE, None, 0)


@pytest.mark.parametrize(
    ("key", "kind", "usual", "odd"),
    [
        ("营业收入", "YEAR", 2_900_000, 9_999_999),
        ("营业收入", "MONTH", 290_000, 3_000_000),
        ("利润总额", "YEAR", -40_000, -4_000_000),
        ("产能利用率", "MONTH", "82.5", "0.825"),
        ("产能利用率", "QUARTER", 118, 8250),
        ("停产天数", "MONTH", 31, 45),
        ("停产天数", "YEAR", 366, 400),
        ("期末从业人员", "MONTH", 12_000, 120_000),
        ("专精特新评价得分", "YEAR", 92, 920),
        ("从事细分市场年限", "DAY", 30, 2009),
        ("一类知识产权", "DAY", 48, 20_260_101),
        ("用电量", "MONTH", 320, 3_200_000),
    ],
)
def test_a_first_value_has_its_usual_span(key, kind, usual, odd):
    unit = catalogue()[key].unit
    facts = {"key": key, "unit": unit, "period_kind": kind}
    assert find_jump(Decimal(usual), [], **facts) is None
    question = find_jump(Decimal(odd), [], **facts)
    assert question is not None
    said = jump_in_words(question, key=key, period=OCTOBER, period_kind=kind)
    assert "没有以前的数可比" in said
    assert unit in said


IRREGULAR = [
    ("新增股权融资", "YEAR", 20000, 0),
    ("新增股权融资", "YEAR", 0, 30000),
    ("新增股权融资", "YEAR", 300, 8000),
    ("停产天数", "YEAR", 180, 0),
    ("差别电价电量", "YEAR", 600, 0),
    ("劳务派遣人员", "YEAR", 400, 0),
]


@pytest.mark.parametrize(("key", "kind", "before", "value"), IRREGULAR)
def test_what_comes_and_goes_may_fall_to_nothing(key, kind, before, value):
    lines = known(((2025, 1, 1), before, "企业年报"))
    unit = catalogue()[key].unit
    facts = {"unit": unit, "period_kind": kind}
    assert find_jump(Decimal(value), lines, key=key, **facts) is None
    regular = {"万元": "营业收入", "天": "停产的日子", "万千瓦时": "用电量", "人": "期末从业人员"}[unit]
    assert find_jump(Decimal(value), lines, key=regular, **facts) is not None


def test_what_comes_and_goes_is_still_asked_about_its_unit_and_its_span():
    facts = {"key": "新增股权融资", "unit": "万元", "period_kind": "YEAR"}
    lines = known(((2025, 1, 1), 3000, "企业年报"))
    assert find_jump(Decimal(30_000_000), lines, **facts).jump == Jump.UNIT_MORE
    assert find_jump(Decimal(900_000), lines, **facts).jump == Jump.RANGE


def test_the_spans_name_facts_and_units_of_the_catalogue():
    table = tomllib.loads((Path(rules.__file__).parent / "jumps.toml").read_text(encoding="utf-8"))
    assert set(table["fact"]) <= set(catalogue())
    assert set(table["unit"]) <= set(UNITS)
    for entry in catalogue().values():
        if entry.kind == NUMBER:
            for kind in entry.period_kinds:
                span = usual_span(entry.key, unit=entry.unit, period_kind=kind)
                assert 0 <= span.least < span.most


def test_a_season_that_comes_back_and_another_source_are_no_question():
    assert asks(9000, [((2026, 9, 1), 60, "企业月报"), ((2025, 10, 1), 8700, "企业月报")]) is None
    assert asks(9000, [((2026, 10, 1), 8800, "税务部门"), ((2026, 9, 1), 60, "企业月报")]) is None


def test_a_correction_back_to_what_was_usual_is_no_question():
    lines = [((2026, 10, 1), 9999999, "企业月报"), ((2026, 9, 1), 549, "企业月报")]
    assert asks(560, lines) is None
    assert asks(0, lines) is not None


def test_the_same_source_is_named_first():
    lines = [((2026, 9, 1), 500, "税务部门"), ((2026, 9, 1), 549, "企业月报")]
    question = asks(9999999, lines)
    assert question is not None
    assert question.known.source == "企业月报"


@pytest.mark.parametrize(
    ("before", "value", "words"),
    [
        ("549", "999999", "2026年9月是 549万元，2026年10月写的是 999999万元：是原来的 1821 倍"),
        ("9000", "30", "不到原来的 300 分之一"),
        ("549", "5490000", "大了约一万倍，请核对计量单位，这里按万元记"),
        ("5490000", "549", "小了约一万倍"),
        ("500", "-300", "正负号变了"),
        ("0", "99999", "原来是零"),
        ("549", "0", "一下子变成零"),
    ],
)
def test_the_sentence_has_both_values_the_period_and_why(before, value, words):
    question = find_jump(
        Decimal(value),
        known(((2026, 9, 1), before, "企业月报")),
        key="营业收入",
        unit="万元",
        period_kind="MONTH",
    )
    assert question is not None
    assert words in jump_in_words(question, key="利润总额", period=OCTOBER, period_kind="MONTH")


def test_every_kind_of_period_has_its_years():
    assert all(years_back(kind) > 0 for kind in PeriodKind.values)


def test_a_leap_day_has_a_year_before():
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(OCTOBER, 2) == date(2024, 10, 1)
