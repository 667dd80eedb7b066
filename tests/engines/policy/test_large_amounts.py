"""Products of several facts come to the cent in a table as for one firm, however large they grow on the way."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.policy import Catalogue, Verdict, compile_policies, read_policy
from gongjian.engines.policy.tables.amounts import MOST, UNBOUNDED
from gongjian.engines.policy.tables.table import Table

UNITS = {
    "贷款本金": "万元",
    "贷款年利率": "%",
    "计息天数": "天",
    "研发费用": "万元",
    "占有率": "%",
    "产能利用率": "%",
}
CATALOGUE = Catalogue.of(
    [{"key": key, "english": f"f{n}", "unit": unit} for n, (key, unit) in enumerate(UNITS.items())]
)
INTEREST = "贷款本金 * 贷款年利率 * 计息天数 / 360天 * 50%"
RULE = """\
code: P-1
name: 贴息
document: 试〔2026〕1号
issuer: 安川市工信局
level: CITY
in_force_from: 2026-01-01
in_force_until: 2026-12-31
delivery: APPLICATION
period: 2026Q1
confirmed: true
source: 试验
clauses:
  - {{key: any, name: 都可, condition: "KNOWN(贷款本金) OR NOT KNOWN(贷款本金)"}}
benefit:
  parts:
    - {{name: 贴息, amount: "{amount}"{cap}}}
"""


def plan_and_table(amount, firms, *, cap=None):
    """The rule that pays this amount, and a table of these firms."""
    text = RULE.format(amount=amount, cap=f", cap: {cap}" if cap else "")
    plan = compile_policies([read_policy(text, catalogue=CATALOGUE)], as_of=date(2026, 4, 30))
    frame = pl.DataFrame(
        {key: [None if firm.get(key) is None else float(firm[key]) for firm in firms] for key in UNITS},
        schema=dict.fromkeys(UNITS, pl.Float64),
    )
    return plan, Table.from_frame(frame, catalogue=CATALOGUE)


def answers(amount, firms, *, cap=None):
    """Certain and possible cents of each firm, by the table and by the engine of one firm."""
    plan, table = plan_and_table(amount, firms, cap=cap)
    result = plan.match(table)
    amounts = result.amounts(plan.policies[0], Verdict.MEETS)
    whole = [(int(low), int(high)) for low, high in zip(amounts.certain, amounts.possible, strict=True)]
    alone = [plan.explain({key: firm.get(key) for key in UNITS})[0] for firm in firms]
    return whole, [(_cents(each.certain), _cents(each.possible)) for each in alone]


def _cents(amount):
    return UNBOUNDED if amount is None else min(int(amount * 100), MOST)


@pytest.mark.parametrize(
    ("amount", "firm", "cap", "right"),
    [
        (
            INTEREST,
            {"贷款本金": 5000, "贷款年利率": Decimal("3.45"), "计息天数": 365},
            None,
            ("874479.17", "874479.17"),
        ),
        (
            INTEREST,
            {"贷款本金": 3663, "贷款年利率": Decimal("3.45"), "计息天数": 365},
            None,
            ("640643.44", "640643.44"),
        ),
        (
            INTEREST,
            {"贷款本金": 50000, "贷款年利率": Decimal("3.1"), "计息天数": 365},
            None,
            ("7857638.89", "7857638.89"),
        ),
        (
            INTEREST,
            {"贷款本金": 50000, "贷款年利率": Decimal("3.1"), "计息天数": 365},
            "100万元",
            ("1000000", "1000000"),
        ),
        (INTEREST, {"贷款本金": 50000, "贷款年利率": Decimal("3.1")}, "100万元", ("0", "1000000")),
        (
            "10% * 研发费用 * 占有率 * 产能利用率",
            {"研发费用": 5000, "占有率": 35, "产能利用率": 80},
            None,
            ("1400000", "1400000"),
        ),
    ],
)
def test_the_known_values(amount, firm, cap, right):
    whole, alone = answers(amount, [firm], cap=cap)
    assert whole == alone == [tuple(int(Decimal(yuan) * 100) for yuan in right)]


@st.composite
def products(draw):
    """An amount of up to five facts, the last of them money, with firms at the ends of what a column may hold."""
    shares = draw(st.lists(st.sampled_from(["贷款年利率", "占有率", "产能利用率"]), max_size=3))
    days = draw(st.sampled_from(["", " * 计息天数 / 360天"]))
    amount = " * ".join([*shares, draw(st.sampled_from(["贷款本金", "研发费用"]))]) + days
    share = st.one_of(st.none(), st.sampled_from([0, Decimal("0.0001"), 100, Decimal("99.9999")]))
    money = st.one_of(st.none(), st.sampled_from([0, 1, Decimal("0.01"), 10**8, Decimal("99999999.99")]))
    span = st.one_of(st.none(), st.sampled_from([0, 1, 365, 36500]))
    kinds = {"万元": money, "%": share, "天": span}
    firm = st.fixed_dictionaries({key: kinds[unit] for key, unit in UNITS.items()})
    firms = draw(st.lists(firm, min_size=1, max_size=4))
    return amount, firms, draw(st.sampled_from([None, "100万元", "1000000亿元"]))


@settings(max_examples=60, deadline=None)
@given(products())
def test_a_table_counts_as_one_firm_does(case):
    amount, firms, cap = case
    whole, alone = answers(amount, firms, cap=cap)
    assert whole == alone


def test_a_value_that_is_corrected_later_counts_as_well():
    """A table that began without large numbers, or without any, is counted exactly once they are there."""
    few = {"贷款本金": 1, "贷款年利率": Decimal("3.45")}
    plan, table = plan_and_table(INTEREST, [few])
    result = plan.match(table)
    result.refresh_firm(0, {"贷款本金": 50000, "贷款年利率": Decimal("3.1"), "计息天数": 365})
    amounts = result.amounts(plan.policies[0], Verdict.MEETS)
    assert list(amounts.certain) == list(amounts.possible) == [785763889]
