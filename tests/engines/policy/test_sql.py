"""What SQL engines disagree on is refused or wrapped; the text of a policy holds nothing of it in any dialect."""

import re
from decimal import Decimal
from random import Random

import pytest
import yaml

from gongjian.engines.policy import BadRule, read_policy
from gongjian.engines.policy.sql.select import DIALECTS, missing_names, to_sql
from samples.policies import engines, invented

CATALOGUE = invented.catalogue()


def _policy(condition="规上", amount="1万元", benefit=None, **more):
    rule = yaml.safe_load(invented.rule(Random(1), 1))
    rule |= {"clauses": [{"key": "k", "name": "条件", "condition": condition}], "code": "P-1"}
    rule["confirmed"] = "true"
    rule["benefit"] = benefit or {
        "parts": [{"name": "奖励", "amount": amount, **more}],
        "combine": "SUM",
        "unit": "元",
    }
    text = yaml.safe_dump(rule, allow_unicode=True, sort_keys=False).replace("'true'", "true")
    return read_policy(text, catalogue=CATALOGUE, name="p.yaml")


def _answer(policy, firm):
    engine = engines.DuckDB(invented.columns())
    engine.load([firm])
    ((_, answer),) = engines.ask(engine, [policy], as_of=invented.AS_OF).items()
    assert engines.python([policy], [firm], as_of=invented.AS_OF) == {(0, policy.code): answer}
    return answer


def _refused(condition="规上", amount="1万元"):
    with pytest.raises(BadRule) as refused:
        _policy(condition, amount)
    return {fault.code for fault in refused.value.faults}


@pytest.mark.parametrize(
    "amount",
    [
        "LEAST(注册资本 * 10%, 500万元)",
        "GREATEST(注册资本 * 10%, 1万元)",
        "CASE WHEN 注册资本 >= 100 THEN 5万元 ELSE 500万元 END",
    ],
)
def test_least_greatest_and_case_do_not_hide_a_missing_fact(amount):
    """Difference 1: engines skip NULL and would pay 500 万元 to a firm with no data."""
    answer = _answer(_policy(amount=amount), {"规上": True})
    assert (answer.certain, answer.possible, answer.missing) == (Decimal("0.00"), None, ("注册资本",))


def test_division_is_by_constants_only_and_not_in_the_text():
    """Difference 2: x / 0 is infinite, an error or NULL."""
    assert "divide" in _refused("营业收入 / 注册资本 >= 2")
    assert _answer(_policy(amount="注册资本 / 3"), {"规上": True, "注册资本": Decimal(1)}).certain == Decimal(
        "3333.33"
    )


def test_a_list_holds_no_null():
    """Difference 3: IN (.., NULL) is FALSE in one engine and NULL in others."""
    assert "null" in _refused("企业规模 IN ('小型', NULL)")
    assert _answer(_policy("企业规模 IN ('小型', '微型')"), {}).verdict == "UNKNOWN"


def test_months_are_counted_by_the_calendar_before_the_query():
    """Difference 4: DATE_DIFF counts boundaries here and whole periods there."""
    assert "date_function" in _refused("DATE_DIFF('month', 成立日期, AS_OF) >= 12")
    policy = _policy("认定日期 + INTERVAL 3 YEAR >= DATE '2027-02-28'")
    from datetime import date

    assert _answer(policy, {"认定日期": date(2024, 2, 28)}).verdict == "MEETS"
    assert _answer(policy, {"认定日期": date(2024, 2, 27)}).verdict == "FAILS"
    assert _answer(policy, {"认定日期": date(2024, 2, 29)}).verdict == "MEETS"


def test_texts_are_not_cut_and_nothing_is_rounded_by_the_engine():
    """Difference 5: SUBSTRING counts bytes or letters, ROUND(2.25, 1) is 2.3 or 2.2, TRY_CAST may raise."""
    assert "cut_text" in _refused("SUBSTRING(行业代码, 1, 2) = '科技'")
    assert "round" in _refused(amount="ROUND(注册资本, 1)")
    assert "cast" in _refused("TRY_CAST(注册资本 AS INT) >= 1")
    assert _answer(_policy("行业代码 LIKE '科技%'"), {"行业代码": "科技推广"}).verdict == "MEETS"
    half = _policy(amount="注册资本 * 0.5 * 0.0001")
    assert _answer(half, {"规上": True, "注册资本": Decimal("2.25")}).certain == Decimal("1.13")


def test_is_true_is_refused():
    """Difference 6: one generator prints `f IS NOT TRUE` as `NOT f`, which loses the firms with no data."""
    assert "is_truth" in _refused("规上 IS NOT TRUE")
    assert "is_null" in _refused("注册资本 IS NULL")


def test_large_amounts_are_exact():
    """Difference 7: whole-number literals summed in 32 bits, facts in single precision."""
    firm = {"规上": True, "注册资本": Decimal("9876543210.1234")}
    assert _answer(_policy(amount="注册资本 * 3"), firm).certain == Decimal("296296296303702.00")
    exact = _policy("注册资本 >= 1.2 * 占地 * 1万元/亩", amount="1元")
    assert _answer(exact, {"注册资本": Decimal("39.6"), "占地": Decimal(33)}).verdict == "MEETS"


FORBIDDEN = re.compile(
    r"[^/]/[^/]|\bROUND\b|INTERVAL|DATE_?DIFF|DATE_?SUB|DATE_?ADD|\bAGE\b|SUBSTR|\bLEFT\b|TRY_CAST|IS (NOT )?(TRUE|FALSE)|DOUBLE|FLOAT|REAL|, NULL\)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_nothing_of_it_is_in_the_text(dialect):
    for number in range(12):
        policy = read_policy(invented.rule(Random(number), number), catalogue=CATALOGUE)
        text = to_sql(policy, dialect=dialect, as_of=invented.AS_OF, columns=set(invented.columns()))
        assert FORBIDDEN.search(text) is None, FORBIDDEN.search(text)


def test_what_the_table_lacks_is_unknown():
    text = to_sql(_policy("注册资本 >= 5"), dialect="duckdb", as_of=invented.AS_OF, columns={"规上"})
    engine = engines.DuckDB({"规上": "FLAG"})
    engine.load([{"规上": True}])
    ((_, verdict, *_, missing),) = engine.rows(text)
    assert (verdict, missing_names(missing)) == ("UNKNOWN", ("注册资本",))


def test_a_policy_may_ask_for_another():
    first, second = _policy("注册资本 >= 5"), _policy("MEETS('P-1') AND 规上")
    others = {"P-1": first}
    text = to_sql(
        second, dialect="duckdb", as_of=invented.AS_OF, others=others, columns=set(invented.columns())
    )
    engine = engines.DuckDB(invented.columns())
    engine.load(
        [{"规上": True, "注册资本": Decimal(6)}, {"规上": True, "注册资本": Decimal(4)}, {"规上": True}]
    )
    assert [row[1] for row in sorted(engine.rows(text))] == ["MEETS", "FAILS", "UNKNOWN"]
    with pytest.raises(KeyError):
        to_sql(second, dialect="duckdb", as_of=invented.AS_OF)


@pytest.mark.parametrize("combine", ["SUM", "MAX"])
@pytest.mark.parametrize(
    ("cap", "pays_from", "possible"),
    [
        ("5万元", "2万元", "50000.00"),
        ("5万元", "5万元", "50000.00"),
        ("5万元", "6万元", "0.00"),
        (None, "6万元", None),
    ],
)
def test_without_a_bound_the_cap_and_the_least_payment_still_hold(combine, cap, pays_from, possible):
    """The amount hangs on a missing fact: one firm, columns and SQL say the same of what it may be."""
    benefit = {
        "parts": [{"name": "比例", "amount": "注册资本 * 10%"}, {"name": "定额", "amount": "1万元"}],
        "combine": combine,
        "pays_from": pays_from,
        "unit": "元",
    }
    policy = _policy(benefit=benefit | ({"cap": cap} if cap else {}))
    firm = {"规上": True}
    answer = _answer(policy, firm)
    assert (answer.certain, answer.possible) == (Decimal("0.00"), possible and Decimal(possible))
    answers = engines.columns([policy], [firm], invented.columns(), CATALOGUE, as_of=invented.AS_OF)
    assert answers == {(0, policy.code): answer.briefly()}
