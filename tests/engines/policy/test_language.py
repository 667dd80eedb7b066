"""The language at its edges: Kleene's tables, periods, units, inclusive edges, dates, stacking."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.engines.policy import (
    BadRule,
    Catalogue,
    Period,
    PeriodKind,
    Verdict,
    compile_policies,
    parse_period,
    pay,
    read_policy,
    settle,
)

CATALOGUE = Catalogue.of(
    [
        {"key": "收入", "english": "revenue", "unit": "万元", "periods": ["MONTH", "QUARTER", "YEAR"]},
        {"key": "人数", "english": "staff", "unit": "人", "periods": ["MONTH", "YEAR"], "gather": "LAST"},
        {"key": "负荷", "english": "load", "unit": "%"},
        {"key": "投资", "english": "invest", "unit": "万元"},
        {"key": "用电", "english": "power", "unit": "万千瓦时"},
        {"key": "成立", "english": "founded", "kind": "DATE"},
        {"key": "甲", "english": "a", "kind": "FLAG"},
        {"key": "乙", "english": "b", "kind": "FLAG"},
        {"key": "行业", "english": "industry", "kind": "TEXT"},
        {"key": "资质", "english": "titles", "kind": "SET"},
    ]
)
HEAD = "code: {code}\nname: 某\ndocument: 文\nissuer: 局\nlevel: CITY\nin_force_from: 2026-01-01\ndelivery: FAST\nperiod: {period}\nconfirmed: true\nsource: 无\n"
M, F, U = Verdict.MEETS, Verdict.FAILS, Verdict.UNKNOWN


def policy(condition="甲", *, period="2026Q1", amount="1", more="", code="P"):
    text = HEAD.format(code=code, period=period) + more
    text += f'clauses:\n  - {{key: k, name: 条, condition: "{condition}"}}\n'
    return read_policy(
        text + f'benefit:\n  parts:\n    - {{name: 奖, amount: "{amount}"}}\n', catalogue=CATALOGUE
    )


def ask(condition, facts, *, period="2026Q1", as_of=date(2026, 3, 31)):
    return compile_policies([policy(condition, period=period)], as_of=as_of).explain(facts)[0]


VALUES = {True: M, False: F, None: U}
ORDER = [F, U, M]


@pytest.mark.parametrize("a", VALUES)
@pytest.mark.parametrize("b", VALUES)
def test_the_tables_of_kleene(a, b):
    facts, left, right = {"甲": a, "乙": b}, VALUES[a], VALUES[b]
    assert ask("甲 AND 乙", facts).verdict is min(left, right, key=ORDER.index)
    assert ask("甲 OR 乙", facts).verdict is max(left, right, key=ORDER.index)
    assert ask("NOT 甲", facts).verdict is ORDER[2 - ORDER.index(left)]
    assert ask("NOT (甲 AND 乙)", facts).verdict is ask("NOT 甲 OR NOT 乙", facts).verdict
    assert ask("甲 = FALSE", facts).verdict is ask("NOT 甲", facts).verdict


@pytest.mark.parametrize(
    ("condition", "facts", "verdict"),
    [
        ("投资 >= 100", {"投资": 100}, M),
        ("投资 > 100", {"投资": 100}, F),
        ("投资 <= 100", {"投资": Decimal("100.0001")}, F),
        ("投资 BETWEEN 100 AND 200", {"投资": 200}, M),
        ("投资 NOT BETWEEN 100 AND 200", {"投资": 200}, F),
        ("投资 >= 1.2 * QUARTER(收入, 0)", {"投资": 39.6, "收入@2026Q1": 33.0}, M),
        ("投资 / 3 >= 0.1", {"投资": 0.3}, M),
        ("负荷 >= 80%", {"负荷": 80}, M),
        ("负荷 >= 0.8", {"负荷": Decimal("79.9999")}, F),
        ("投资 >= 0.01亿元", {"投资": 100}, M),
        ("投资 + 50 >= 1000000元", {"投资": 50}, M),
        ("投资 IN (1, 2)", {"投资": 2}, M),
        ("投资 <> 2", {"投资": None}, U),
        ("行业 LIKE 'C%'", {"行业": "C13"}, M),
        ("NOT STARTS(行业, 'C', 'D')", {"行业": "E1"}, M),
        ("行业 NOT IN ('C13')", {}, U),
        ("HAS('高企')", {"资质": []}, F),
        ("HAS('高企')", {}, U),
        ("ALL_OF('高企', '小巨人')", {"资质": ["小巨人", "高企"]}, M),
        ("ANY_OF('高企', '小巨人')", {"资质": "高企、其他"}, M),
        ("KNOWN(投资)", {}, F),
        ("NOT KNOWN(YEAR(收入, -1))", {}, M),
        ("GROWTH(收入, QUARTER) >= 10%", {"收入@2026Q1": 110, "收入@2025Q1": 100}, M),
        ("GROWTH(收入, QUARTER) >= 10%", {"收入@2026Q1": Decimal("109.9999"), "收入@2025Q1": 100}, F),
        ("GROWTH(收入, QUARTER) >= 10%", {"收入@2026Q1": 5, "收入@2025Q1": 0}, F),
        ("NOT (GROWTH(收入, QUARTER) >= 10%)", {"收入@2026Q1": 5, "收入@2025Q1": 0}, M),
        ("GROWTH(收入, QUARTER) >= 10%", {"收入@2025Q1": 0}, F),
        ("LEAST(投资, 收入) >= 1", {"投资": 0}, U),
        ("收入 >= 3", {"revenue@2026-01": 1, "revenue@2026-02": 1, "revenue@2026-03": 1}, M),
        ("收入 >= 3", {"收入@2026-01": 9, "收入@2026-02": 9}, U),
        ("收入 >= 3", {"收入@2026Q1": 2, "收入@2026-01": 9, "收入@2026-02": 9, "收入@2026-03": 9}, F),
        ("YEAR(收入, '2025') = 10", {f"收入@2025Q{n}": n for n in (1, 2, 3, 4)}, M),
        ("YEAR(人数, -1) = 7", {"人数@2025-12": 7}, M),
        ("成立 + INTERVAL 1 YEAR <= AS_OF", {"成立": date(2025, 3, 31)}, M),
        ("成立 + INTERVAL 1 YEAR <= AS_OF", {"成立": date(2025, 4, 1)}, F),
        ("成立 + INTERVAL 1 MONTH >= DATE '2026-02-28'", {"成立": date(2026, 1, 28)}, M),
        ("成立 + INTERVAL 1 MONTH > DATE '2026-02-28'", {"成立": date(2026, 1, 31)}, F),
        ("成立 + INTERVAL 1 MONTH = DATE '2026-02-28'", {"成立": date(2026, 1, 31)}, M),
        ("成立 >= AS_OF - INTERVAL 30 DAY", {"成立": date(2026, 3, 1)}, M),
    ],
)
def test_edges(condition, facts, verdict):
    assert ask(condition, facts).verdict is verdict


def test_periods():
    assert str(parse_period("2026Q1").shift(-4)) == "2025Q1"
    assert [str(p) for p in parse_period("2026Q2").parts(PeriodKind.MONTH)] == [
        "2026-04",
        "2026-05",
        "2026-06",
    ]
    assert parse_period("2026").holds(parse_period("2026-12"))
    assert parse_period("2024-02").end == date(2024, 2, 29)
    assert [parse_period(wrong) for wrong in ("2026Q5", "2026-13", "26", "2026-02-30", "1066", "")] == [
        None
    ] * 6
    assert parse_period("2026-02-03") == Period(PeriodKind.DAY, date(2026, 2, 3))


def test_current_policies_follow_the_day_of_the_question():
    assert ask("YEAR(收入, -1) >= 5", {"收入@2024": 5}, period="current", as_of=date(2025, 6, 1)).verdict is M
    with pytest.raises(BadRule, match="没有写明是哪一期"):
        ask("收入 >= 5", {"收入": 5}, period="current")


def test_distances_and_what_is_missing():
    answer = ask("QUARTER(收入, 0) >= 10 AND 投资 >= 100", {"收入@2026-01": 3, "收入@2026-02": 3, "投资": 40})
    income, invest = answer.clauses[0].conditions
    assert (income.verdict, income.distance, income.missing) == (U, Decimal(4), ("收入@2026-03",))
    assert (invest.verdict, invest.value, invest.threshold, invest.distance, invest.unit) == (
        F,
        Decimal(40),
        Decimal(100),
        Decimal(60),
        "万元",
    )
    assert (answer.verdict, answer.missing, answer.failed, answer.near) == (F, (), ("k",), ())
    near = ask("投资 >= 100 OR 用电 >= 1000", {"投资": 95, "用电": 1})
    assert [(n.column, n.have, n.need, n.gap, n.gain) for n in near.near] == [
        ("投资", Decimal(95), Decimal(100), Decimal(5), Decimal("1.00"))
    ]


def test_paid_amounts_are_exact_to_the_cent():
    facts = {"甲": True, "投资": Decimal("0.0667"), "用电": 1}
    assert pay(policy(amount="0.5 * 投资"), facts, as_of=date(2026, 3, 31)) == Decimal("333.50")
    assert pay(
        policy(amount="投资 / 8"), {"甲": True, "投资": Decimal("0.0001")}, as_of=date(2026, 3, 31)
    ) == Decimal("0.13")
    assert pay(policy(amount="0.1元/千瓦时 * 用电"), facts, as_of=date(2026, 3, 31)) == Decimal("1000.00")
    assert pay(policy(amount="0.5 * 投资"), {"甲": False, "投资": 1}, as_of=date(2026, 3, 31)) == 0


def test_one_policy_may_ask_for_the_verdict_of_another():
    other = policy("投资 >= 100", code="Q")
    plan = compile_policies([policy("MEETS('Q') AND 甲")], as_of=date(2026, 3, 31), others=[other])
    assert [plan.explain({"甲": True, "投资": n})[0].verdict for n in (100, 99, None)] == [M, F, U]
    denied = compile_policies([policy("NOT MEETS('Q')")], as_of=date(2026, 3, 31), others=[other])
    assert [denied.explain({"投资": n})[0].verdict for n in (100, 99, None)] == [F, M, U]


def test_policies_of_a_group_are_settled_together():
    def settled(rule, amounts):
        plan = compile_policies(
            [policy(amount=a, more=f"group: {rule}\n", code=f"P{n}") for n, a in enumerate(amounts)],
            as_of=date(2026, 3, 31),
        )
        return settle(plan.explain({"甲": True, "投资": None}))

    best = settled("{name: 择优, rule: BEST}", ["5", "8", "3"])
    assert (best.certain, best.possible, best.parts[0].chosen) == (Decimal(8), Decimal(8), ("P1",))
    capped = settled("{name: 合计, rule: CAP, cap: 10}", ["5", "8", "投资"])
    assert (capped.certain, capped.possible) == (Decimal(10), Decimal(10))
    alone = settle(compile_policies([policy(amount="投资")], as_of=date(2026, 3, 31)).explain({"甲": True}))
    assert (alone.certain, alone.possible) == (Decimal(0), None)
