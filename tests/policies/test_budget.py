"""What a version costs before it is issued: booked, certain and possible; by place, size and quarter; beside its ceiling."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.enterprises import services as enterprises
from gongjian.ledgers.budgets.workbook import budget_workbook
from gongjian.policies import services as policies
from gongjian.policies.budget.queries import budget_of, due_quarter
from gongjian.policies.budget.summary import CeilingCheck
from gongjian.policies.rule_files.services import LIBRARY
from tests import scenes
from tests.factories import EnterpriseFactory, PayoutFactory, PolicyFactory, PolicyVersionFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
RULE = """code: AC-BUDGET
name: 增产奖励
document: 虚构
issuer: 虚构
source: 虚构
explain: 营收过百万就奖
level: CITY
delivery: AUTOMATIC
in_force_from: 2026-01-01
period: "2025"
confirmed: true
clauses:
  - {key: revenue, name: 营业收入100万元, condition: 营业收入 >= 100万元}
benefit:
  unit: 元
  combine: SUM
  parts:
    - {name: 定额, amount: 1万元}
    - {name: 比例, amount: 营业收入 * 1%, cap: 5万元}
cases:
  - {name: 够, facts: {营业收入@2025: 300}, expect: {verdict: MEETS, certain: 40000}}
"""


@pytest.fixture
def city():
    return scenes.city()


@pytest.fixture
def version(city):
    policy = PolicyFactory(code="AC-BUDGET", name="增产奖励", delivery="AUTOMATIC")
    return PolicyVersionFactory(
        policy=policy, text=RULE, state="DRAFT", signed_by=None, signed_at=None, written_by=city.clerk
    )


@pytest.fixture
def firms(city, version, at):
    """Sixty thousand sure, forty thousand booked, at most sixty thousand of one without data, one that fails."""
    firms_by_name = {}
    for name, area, revenue in (
        ("sure", city.county, 2000),
        ("booked", city.county, 300),
        ("open", city.other_county, None),
        ("small", city.county, 50),
    ):
        firms_by_name[name] = EnterpriseFactory(area=area)
        if revenue is not None:
            enterprises.record_fact(
                firms_by_name[name],
                key="营业收入",
                period_kind="YEAR",
                period=date(2025, 1, 1),
                value=Decimal(revenue),
                source="年报",
                by=city.clerk,
                at=at,
            )
    signed = PolicyVersionFactory(policy=version.policy, number=9, text=RULE)
    PayoutFactory(
        enterprise=firms_by_name["booked"], version=signed, period="2025", applied_amount="40000.00"
    )
    city.firm.delete()
    return firms_by_name


def yuan(line):
    return line.meets, line.unknown, int(line.certain), int(line.possible), line.open_ended


def test_a_draft_is_told_by_place_size_and_quarter(city, firms, version):
    budget = budget_of(version, on=ON, ids=None)
    assert yuan(budget.total) == (1, 1, 60_000, 120_000, 0)
    assert (budget.period, budget.booked) == ("2025", Decimal(40_000))
    assert [(line.label.rpartition("· ")[2], *yuan(line)) for line in budget.areas] == [
        (city.county.name, 1, 0, 60_000, 60_000, 0),
        (city.other_county.name, 0, 1, 0, 60_000, 0),
    ]
    assert [(str(line.label), line.meets, line.unknown) for line in budget.sizes] == [("规模未定", 1, 1)]
    (quarter,) = budget.quarters
    assert (quarter.mark, quarter.booked["APPLIED"]) == ("2026Q4", Decimal(40_000))
    assert (quarter.certain, quarter.possible) == (budget.total.certain, budget.total.possible)
    for lines in (budget.areas, budget.sizes):
        assert sum(line.certain for line in lines) == budget.total.certain
        assert sum(line.possible for line in lines) == budget.total.possible
    assert budget_workbook(version, budget, as_of=version.written_at)[:2] == b"PK"


def test_only_the_firms_asked_for(city, firms, version):
    budget = budget_of(version, on=ON, ids=np.array([firms["open"].pk]))
    assert (yuan(budget.total), budget.booked) == ((0, 1, 0, 60_000, 0), 0)


def test_size_classes_are_those_in_force(city, firms, version, at):
    for name in ("large", "medium", "small", "micro"):
        text = (LIBRARY / f"nbs-size-2017-{name}.yaml").read_text(encoding="utf-8")
        code = f"NBS-SIZE-2017-{name.upper()}"
        PolicyVersionFactory(policy__code=code, text=text, valid_from=date(2018, 1, 1))
    firms["sure"].industry_code = "3411"
    firms["sure"].save()
    enterprises.record_fact(
        firms["sure"],
        key="期末从业人员",
        period_kind="YEAR",
        period=date(2025, 1, 1),
        value=Decimal(400),
        source="年报",
        by=city.clerk,
        at=at,
    )
    sizes = {str(line.label): line.meets for line in budget_of(version, on=ON, ids=None).sizes}
    assert sizes == {"中型企业": 1, "规模未定": 0}


BESIDE = {
    90_000: ("OVER", -10_000, -70_000),
    120_000: ("TIGHT", 20_000, -40_000),
    160_000: ("ENOUGH", 60_000, 0),
}


@pytest.mark.usefixtures("firms")
def test_beside_the_ceiling(city, version, at):
    assert budget_of(version, on=ON, ids=None).against.state == "NONE"
    for ceiling, expected in BESIDE.items():
        policies.set_ceiling(version.policy, amount=Decimal(ceiling), by=city.clerk, at=at)
        version.policy.refresh_from_db()
        against = budget_of(version, on=ON, ids=None).against
        assert (against.state, int(against.left), int(against.least)) == expected


def test_without_a_bound_nothing_is_enough():
    assert CeilingCheck(Decimal(10), Decimal(1), Decimal(2), open_ended=True).state == "TIGHT"
    assert CeilingCheck(Decimal(10), Decimal(1), Decimal(2), open_ended=False).state == "ENOUGH"


def test_a_ceiling_is_entered_by_a_clerk_and_lifted_again(city, version, at):
    with pytest.raises(Refused, match="攻坚办"):
        policies.set_ceiling(version.policy, amount=Decimal(1), by=city.leader, at=at)
    with pytest.raises(Refused, match="大于零"):
        policies.set_ceiling(version.policy, amount=Decimal(0), by=city.clerk, at=at)
    for amount in (Decimal(500_000), Decimal(500_000), None):
        policies.set_ceiling(version.policy, amount=amount, by=city.clerk, at=at)
    assert [str(event) for event in events_of(version.policy)] == ["预算上限定为500,000.00元", "取消预算上限"]


@pytest.mark.parametrize(
    ("delivery", "last_day", "quarter"),
    [
        ("AUTOMATIC", "2027-03-31", (2026, 4)),
        ("FAST", "2027-03-31", (2027, 1)),
        ("APPLICATION", "2027-03-31", (2027, 2)),
        ("APPLICATION", "2025-03-31", (2027, 1)),
        ("FAST", None, (2026, 4)),
    ],
)
def test_when_it_falls_due(version, delivery, last_day, quarter):
    version.text = RULE.replace("delivery: AUTOMATIC", f"delivery: {delivery}")
    version.text += f"last_day: {last_day}\n" if last_day else ""
    assert due_quarter(version, on=ON) == quarter


def test_a_rule_that_cannot_be_read_has_no_budget(version):
    version.text = "name: 什么都没有"
    assert budget_of(version, on=ON, ids=None) is None
