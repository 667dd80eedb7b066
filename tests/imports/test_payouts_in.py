"""The ledger of payouts comes in: amounts in the unit of their heading, days that follow said, the state by the days."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import verify
from gongjian.imports import services as imports
from gongjian.imports.models import ImportBatch
from gongjian.imports.states import RowOutcome
from gongjian.policies.models import Payout
from gongjian.policies.payouts import services as payouts
from tests import scenes
from tests.books import book
from tests.factories import PolicyFactory, PolicyVersionFactory
from tests.imports.steps import seen, take_in, written

pytestmark = pytest.mark.django_db

HEADS = [
    "序号",
    "企业名称",
    "奖补项目",
    "所属季度",
    "申报金额（万元）",
    "拨付金额（万元）",
    "申报时间",
    "拨付时间",
    "状态",
]


@pytest.fixture
def city():
    return scenes.city()


@pytest.fixture(autouse=True)
def version(city):
    return PolicyVersionFactory(policy=PolicyFactory(name="满负荷生产奖励"))


def ledger(*rows, heads=HEADS):
    return book(["2026年惠企资金兑现台账", *[None] * (len(heads) - 1)], heads, *rows)


PAID = [1, "恒岳机械", "满负荷生产奖励", "2026年一季度", 10, 8.5, "2026.4.3", "4月20日", "已兑现"]
APPLIED = [2, "恒岳机械", "满负荷生产", "2026年第二季度", "12万元", None, "2026/7/2", None, "审核中"]


def test_amounts_days_and_states(city, at, version):
    done = written("PAYOUTS", ledger(PAID, APPLIED), by=city.clerk, at=at)
    paid, applied = Payout.objects.order_by("pk")
    assert done.counts == {"CREATED": 2}
    assert (paid.state, paid.applied_amount, paid.approved_amount) == (
        "PAID",
        Decimal(100000),
        Decimal(85000),
    )
    assert (paid.period, paid.paid_on, paid.approved_on) == ("2026Q1", date(2026, 4, 20), date(2026, 4, 20))
    assert (applied.state, applied.applied_amount, applied.period) == ("APPLIED", Decimal(120000), "2026Q2")
    assert applied.version == version
    assert Event.objects.filter(name="payout.imported").count() == 2
    assert verify() is None


def test_what_follows_is_said(city, at):
    batch = take_in("PAYOUTS", ledger(PAID), by=city.clerk, at=at)
    (plan,) = seen(batch, city.clerk, at).plans
    assert plan.sentence == "没有写核准日期，按拨付日期记"


def test_the_same_file_twice_changes_nothing(city, at):
    written("PAYOUTS", ledger(PAID, APPLIED), by=city.clerk, at=at)
    again = take_in("PAYOUTS", ledger(PAID, APPLIED), by=city.clerk, at=at)
    assert {plan.outcome for plan in seen(again, city.clerk, at).plans} == {RowOutcome.UNCHANGED}


def test_a_batch_is_taken_back_until_somebody_has_gone_on(city, at):
    batch = written("PAYOUTS", ledger(PAID, APPLIED), by=city.clerk, at=at)
    payouts.approve(Payout.objects.get(state="APPLIED"), on=date(2026, 7, 3), by=city.clerk, at=at)
    with pytest.raises(Refused, match="导入后又有人办过"):
        imports.undo(batch, by=city.clerk, at=at)
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert batch.state == "WRITTEN"
    assert Payout.objects.count() == 2
    fresh = written("PAYOUTS", ledger([*PAID[:3], "2025年四季度", *PAID[4:]]), by=city.clerk, at=at)
    imports.undo(fresh, by=city.clerk, at=at)
    assert Payout.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({2: "没有的政策"}, "政策库里没有审签过的“没有的政策”"),
        ({4: None, 5: None}, "没有写申报金额，也没有核准金额"),
        ({6: None, 7: None, 8: None}, "没有写申报、核准或拨付日期"),
        ({4: "十来万"}, "不是数字"),
        ({4: "10%"}, "不是数字"),
        ({7: None}, "状态写的是“已拨付”，从日期看是“已申报”"),
        ({7: "2026-4-1"}, "早于"),
        ({4: -3, 5: None}, "大于零"),
        ({1: None}, "没有写企业名称"),
    ],
)
def test_what_is_wrong_is_said(city, at, said, why):
    row = [said.get(n, cell) for n, cell in enumerate(PAID)]
    done = written("PAYOUTS", ledger(row, APPLIED), by=city.clerk, at=at)
    (refusal,) = done.refusals
    assert why in refusal["cells"][0][1]
    assert done.counts["CREATED"] == 1


def test_the_same_firm_policy_and_period_twice_is_refused(city, at):
    batch = take_in("PAYOUTS", ledger(PAID, [3, *PAID[1:]]), by=city.clerk, at=at)
    assert "与第 3 行是同一家企业、同一政策、同一期" in seen(batch, city.clerk, at).plans[1].sentence


def test_the_unit_of_a_title_counts_where_the_heading_names_none(city, at):
    file = book(
        ["兑现台账（单位：万元）", None, None, None],
        ["企业", "政策", "奖补金额", "拨付日期"],
        ["恒岳机械", "满负荷生产奖励", 3, "2026-5-6"],
    )
    written("PAYOUTS", file, by=city.clerk, at=at)
    assert Payout.objects.get().approved_amount == Decimal(30000)


def test_the_version_in_force_on_the_day_is_taken(city, at, version):
    later = PolicyVersionFactory(policy=version.policy, number=2, valid_from=date(2026, 7, 1))
    version.valid_until = date(2026, 6, 30)
    version.save()
    written("PAYOUTS", ledger(PAID, APPLIED), by=city.clerk, at=at)
    assert list(Payout.objects.order_by("pk").values_list("version", flat=True)) == [
        version.pk,
        later.pk,
    ]
