"""Rules at the edges: what people type is read, what cannot be meant is refused with its place, and nothing takes long or crashes."""

import json
from datetime import date
from random import Random

import pytest

from gongjian.engines.policy import BadRule, Catalogue, Verdict, check_library, compile_policies, read_policy
from gongjian.engines.policy.facts.areas import area_prefix
from tests.engines.policy.test_wrong_rules import FACTS
from tests.engines.policy.wrong_rules import CONDITION, RIGHT

CATALOGUE = Catalogue.load(FACTS)
DEFINE = "define:\n  上年收入: YEAR(营业收入, -1)"
CODES = ", ".join(f"'{n}'" for n in range(1000, 1700))


def read(*changes):
    text = RIGHT
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return read_policy(text, catalogue=CATALOGUE, name="edge.yaml")


def faults(*changes):
    with pytest.raises(BadRule) as refused:
        read(*changes)
    assert "ScalarNode" not in str(refused.value)
    return [fault.code for fault in refused.value.faults]


def verdict(condition, **facts):
    plan = compile_policies([read((CONDITION, condition))], as_of=date(2026, 3, 3))
    return plan.explain({"地区代码": "410502", **facts})[0].verdict


def short(value):
    return str(value)[:20]


@pytest.mark.parametrize(
    "condition",
    [
        "期末从业人员 ＞＝ ３００人",
        "期末从业人员 >= ３００ ＡＮＤ 规上企业",
        "HAS(‘高新技术（甲）企业’)",
        "YEAR(营业收入，－１) ≥ ２０００．５万元",
        "产能利用率 >= ８５％",
        f"行业代码 IN ({CODES})",
        " + ".join(["用电量"] * 900) + " >= 1",
        " AND ".join(["规上企业"] * 600),
        " OR ".join(f"期末从业人员 = {n}人" for n in range(500)),
        "(" * 30 + "规上企业" + ")" * 30,
    ],
    ids=short,
)
def test_what_people_type_is_read(condition):
    assert read((CONDITION, condition))


def test_signs_inside_quotation_marks_stay():
    assert verdict("HAS(‘质量（甲）’)", 资质荣誉=["质量（甲）"]) is Verdict.MEETS
    assert verdict("HAS('Ａ级')", 资质荣誉=["Ａ级"]) is Verdict.MEETS
    assert verdict("期末从业人员 >= ３００人", **{"期末从业人员@2026Q1": 300}) is Verdict.MEETS


def test_a_long_sum_is_the_same_sum():
    terms = " + 营业收入 - 营业收入" * 40
    for income, wanted in ((6, Verdict.MEETS), (4, Verdict.FAILS)):
        assert verdict(f"营业收入{terms} - 1 >= 4万元", **{"营业收入@2026Q1": income}) is wanted


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("期末从业人员 >= ٣٠٠", "unknown_fact"),
        ("YEAR(营业收入, -99999) >= 1", "period_far"),
        ("GROWTH(营业收入, YEAR, 101) >= 1%", "period_far"),
        ("MAX_MONTH(用电量, YEAR, -9999999999999999999999) >= 1", "period_far"),
        ("成立日期 >= DATE '1900-01-01'" + " - INTERVAL 1200 MONTH" * 20, "interval"),
        (f"成立日期 + INTERVAL {'9' * 5000} DAY <= AS_OF", "interval"),
        ("成立日期 + INTERVAL ² YEAR <= AS_OF", "interval"),
        ("上年收入 >= 1e15万元", "exponent"),
        ("上年收入 >= 1000000000000000万元", "too_large"),
        ("上年收入 >= 2000万", "bare_power"),
        ("COUNT(资质荣誉) >= 2", "aggregate"),
        ("QUANTITY(5, '人') >= 营业收入", "unknown_function"),
        ("(" * 50 + "规上企业" + ")" * 50, "too_deep"),
        ("NOT " * 500 + "规上企业", "too_deep"),
        ("0 - " + "- " * 300 + "营业收入 >= 1", "too_deep"),
        (" * ".join(["0.5"] * 300) + " * 营业收入 >= 1", "too_deep"),
        ("行业代码 IN (" + "'1', " * 5000 + "'2')", "too_long"),
        ("HAS('高新技术企也')", "unknown_title"),
        ("ANY_OF('专精特新中小企', '高新技术企业')", "unknown_title"),
        ("ALL_OF('瞪羚企业', '专精特小新巨人企业')", "unknown_title"),
        ("HAS('甲;乙')", "title_separator"),
        ("HAS(' ')", "empty_text"),
        ("STARTS(行业代码, '')", "empty_text"),
        ("STARTS(行业代码, '13', '  ')", "empty_text"),
        ("行业代码 = ''", "empty_text"),
        ("STARTS(经营状态, '开业')", "unknown_choice"),
        ("STARTS(地区代码, '41050')", "not_an_area"),
        ("地区代码 LIKE '安川%'", "not_an_area"),
    ],
    ids=short,
)
def test_what_cannot_be_meant_is_refused(condition, code):
    assert faults((CONDITION, condition))[0] == code


@pytest.mark.parametrize(
    "title", ["高新技术企业", "市级绿色工厂", "国家级绿色工厂", "省级专精特新中小企业", "安川市百强企业"]
)
def test_a_title_of_another_grade_or_of_the_office_is_no_slip(title):
    assert read((CONDITION, f"HAS('{title}')"))


@pytest.mark.parametrize("condition", ["营业收入 >= 1", "KNOWN(用电量)", "期末从业人员 + 1 >= 5"])
def test_a_dated_fact_without_its_period_is_refused_where_the_policy_has_none(condition):
    assert faults(("period: 2026Q1", "period: current"), (CONDITION, condition)) == ["period_bare"]
    amount = ("amount: 10万元", "amount: 营业收入 * 1%")
    assert faults(("period: 2026Q1", "period: current"), amount) == ["period_bare"]


@pytest.mark.parametrize(
    ("area", "prefix"),
    [
        ("410500", "4105"),
        ("410000", "41"),
        ("4105", "4105"),
        ("410502", "410502"),
        ("410502100000", "410502100"),
    ],
)
def test_the_whole_code_of_an_area_is_everything_in_it(area, prefix):
    assert area_prefix(area) == prefix
    plan = compile_policies([read(('area: "4105"', f'area: "{area}"'))], as_of=date(2026, 3, 3))
    facts = {"规上企业": True, "营业收入@2025": 2000}
    assert plan.explain({**facts, "地区代码": prefix.ljust(12, "1")})[0].verdict is Verdict.MEETS
    assert plan.explain({**facts, "地区代码": "430502"})[0].verdict is Verdict.FAILS


@pytest.mark.parametrize("area", ["41050", "abc", "00", "４１０５", "4105 00"])
def test_what_is_no_area_is_refused(area):
    assert faults(('area: "4105"', f'area: "{area}"')) == ["not_an_area"]


def chain(step, length, first):
    lines = (f"  d{n}: {step.format(f'd{n - 1}')}" for n in range(1, length))
    return f"{DEFINE}\n  d0: {first}\n" + "\n".join(lines)


@pytest.mark.parametrize(
    ("definitions", "code"),
    [
        (f"{DEFINE}\n  a: [1, 2]", "wants_text"),
        (f"{DEFINE}\n  a: {{b: 1}}", "wants_text"),
        (f"{DEFINE}\n  a:", "empty_expression"),
        (f"{DEFINE}\n  a: [1]\n  b: a\n  c: b AND a", "wants_text"),
        (chain("NOT {}", 1000, "规上企业"), "too_deep"),
        (chain("{} + 1", 1000, "上年收入"), "too_deep"),
        (chain("({0} AND 规上企业) OR ({0} AND HAS('高新技术企业'))", 40, "规上企业"), "too_many_parts"),
        (chain("LEAST({0} + 1, {0} + 2)", 40, "上年收入"), "too_many_parts"),
        (chain("CASE WHEN {0} > 5 THEN {0} ELSE {0} * 2 END", 40, "上年收入"), "too_many_parts"),
    ],
    ids=short,
)
def test_definitions_of_any_shape_have_one_fault_and_take_no_time(definitions, code):
    assert faults((DEFINE, definitions)) == [code]


def test_a_thousand_names_for_one_thing_are_read():
    assert read((DEFINE, chain("{}", 1000, "规上企业")), (CONDITION, "d999"))


def test_policies_that_ask_for_one_another_stay_bounded():
    first = RIGHT.replace('area: "4105"\n', "")
    for step in ("MEETS('{0}') AND (规上企业 OR MEETS('{0}'))", "NOT MEETS('{0}')"):
        texts = [first.replace(CONDITION, "规上企业").replace("code: T-1", "code: T-0")]
        texts += [
            first.replace(CONDITION, step.format(f"T-{n - 1}")).replace("code: T-1", f"code: T-{n}")
            for n in range(1, 200)
        ]
        policies = [read_policy(text, catalogue=CATALOGUE) for text in texts]
        (bad,) = check_library(policies)
        assert bad.faults[0].code in {"too_deep", "too_many_parts"}
        assert check_library(policies[:5]) == []


@pytest.mark.parametrize("field", ["verdict: MEETS", "certain: 100000"])
def test_a_list_where_a_word_belongs_is_quoted_as_it_stands(field):
    name = field.split(":")[0]
    assert faults((field, f"{name}: [1, {{a: 2}}]")) == [
        "not_a_choice" if name == "verdict" else "wants_number"
    ]


SIGNS = "０９％（）'\"[]{}:,、.+-*/ \n#&*!|>@`²٣eE"
WORDS = [
    "1e15",
    "-99999",
    "AND",
    "NOT",
    "null",
    "~",
    "[1,2]",
    "{a: 1}",
    "CASE WHEN",
    "YEAR(",
    "万",
    "d0",
    "DATE ''",
]


RULES = [
    CONDITION,
    "YEAR(营业收入, -1) >= 2000万元 AND (HAS('高新技术企业') OR GROWTH(营业收入, QUARTER) >= 10%)",
    "成立日期 + INTERVAL 3 YEAR <= AS_OF AND 行业代码 IN ('13', '14') OR NOT STARTS(行业代码, 'C13')",
    "LEAST(研发费用, 3% * 营业收入) >= 5 AND CASE WHEN 规上企业 THEN 用电量 ELSE 0 END BETWEEN 1 AND 5万千瓦时",
]


def test_a_thousand_damaged_rules_are_read_or_refused():
    refused = []
    for seed in range(1000):
        dice = Random(seed)
        whole = seed % 4 == 0
        text = RIGHT if whole else dice.choice(RULES)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(text))
            piece = dice.choice([*SIGNS, *WORDS, "", text[at : at + 40] * 2])
            text = text[:at] + piece + text[at + dice.randint(0, 6) :]
        try:
            rule = text if whole else RIGHT.replace(CONDITION, json.dumps(text, ensure_ascii=False))
            policy = read_policy(rule, catalogue=CATALOGUE, name="damaged.yaml")
            compile_policies([policy], as_of=date(2026, 3, 3)).explain({})
        except BadRule as bad:
            refused.append(str(bad))
    assert len(refused) > 500
