"""The ledger of payouts: every move, every refusal, to the cent."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.policies import services as policies
from gongjian.policies.models import Payout
from gongjian.policies.payouts.services import checked_yuan
from gongjian.policies.perms import can_area, can_payout
from gongjian.policies.states import PAYOUT_MOVES, PayoutState
from gongjian.policies.verdicts.answers import EntitledFirm
from tests import scenes
from tests.factories import EnterpriseFactory, PayoutFactory, PolicyVersionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture
def city():
    return scenes.city()


@pytest.fixture
def version():
    return PolicyVersionFactory(policy__delivery="AUTOMATIC")


@pytest.fixture
def applied(city, version, at):
    return policies.apply(
        enterprise=city.firm,
        version=version,
        amount=Decimal(100000),
        on=DAY,
        period="2026Q3",
        by=city.clerk,
        at=at,
    )


def test_money_goes_from_applied_to_paid_and_each_step_is_told(city, applied, at):
    assert applied.state == PayoutState.APPLIED
    approved = policies.approve(applied, on=DAY, by=city.clerk, at=at)
    assert (approved.state, approved.approved_amount) == (PayoutState.APPROVED, Decimal("100000.00"))
    paid = policies.pay(approved, on=DAY, by=city.clerk, at=at)
    assert (paid.state, paid.paid_on, paid.amount) == (PayoutState.PAID, DAY, Decimal("100000.00"))
    events = [str(event) for event in events_of(applied).order_by("seq")]
    assert events == [
        "安川市恒岳机械有限公司申报100,000元",
        "核准100,000元",
        "2026-11-24拨付100,000元",
    ]


def test_another_amount_needs_its_reason(city, applied, at):
    with pytest.raises(Refused, match="原因"):
        policies.approve(applied, amount=Decimal(80000), on=DAY, by=city.clerk, at=at)
    approved = policies.approve(
        applied, amount=Decimal(80000), on=DAY, note="按八成核定", by=city.clerk, at=at
    )
    assert (approved.approved_amount, approved.note) == (Decimal("80000.00"), "按八成核定")


def test_what_is_returned_says_why_and_frees_the_place(city, version, applied, at):
    with pytest.raises(Refused, match="理由"):
        policies.return_(applied, note=" ", by=city.clerk, at=at)
    back = policies.return_(applied, note="用电数据与电网不符", by=city.clerk, at=at)
    assert (back.state, back.returned_on) == (PayoutState.RETURNED, DAY)
    second = policies.apply(
        enterprise=city.firm,
        version=version,
        amount=Decimal(1),
        on=DAY,
        period="2026Q3",
        by=city.clerk,
        at=at,
    )
    assert second.pk != back.pk


def test_once_a_firm_and_a_period(city, version, applied, at):
    same = {"enterprise": city.firm, "version": version, "amount": Decimal(5), "on": DAY, "by": city.clerk}
    with pytest.raises(Refused, match="已经登记过"):
        policies.apply(**same, period="2026Q3", at=at)
    assert policies.apply(**same, period="2026Q2", at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutFactory(enterprise=city.firm, version=version, period="2026Q3")


@pytest.mark.parametrize(
    ("days", "match"),
    [({"on": date(2026, 11, 25)}, "还没有到"), ({"on": date(2026, 11, 23)}, "早于申报")],
)
def test_days_stand_in_order(city, applied, at, *, days, match):
    with pytest.raises(Refused, match=match):
        policies.approve(applied, **days, by=city.clerk, at=at)


def test_paid_not_before_approved(city, applied, at):
    approved = policies.approve(applied, on=DAY, by=city.clerk, at=at)
    with pytest.raises(Refused, match="早于核准"):
        policies.pay(approved, on=date(2026, 11, 23), by=city.clerk, at=at)


def test_a_move_out_of_turn_is_refused(city, applied, at):
    with pytest.raises(Refused, match="不能记拨付"):
        policies.pay(applied, on=DAY, by=city.clerk, at=at)


@pytest.mark.parametrize("who", ["leader", "handler", "officer", "auditor"])
def test_only_the_office_of_the_firms_area_keeps_it(city, applied, at, who):
    assert not can_area(getattr(city, who), city.firm.area)
    for move in PAYOUT_MOVES:
        assert not can_payout(getattr(city, who), applied, move.verb)
    with pytest.raises(Refused, match="攻坚办"):
        policies.approve(applied, on=DAY, by=getattr(city, who), at=at)
    assert can_payout(city.county_clerk, applied, "approve")


@pytest.mark.parametrize("amount", ["0", "-3", "0.001", "NaN", "1E+30"])
def test_nothing_and_nonsense_are_no_amounts(amount):
    with pytest.raises(Refused, match="金额"):
        checked_yuan(Decimal(amount))
    assert checked_yuan(Decimal("2.005")) == Decimal("2.01")


def test_an_unsigned_version_pays_nothing(city, at):
    draft = PolicyVersionFactory(state="DRAFT", signed_by=None, signed_at=None)
    with pytest.raises(Refused, match="审签"):
        policies.apply(enterprise=city.firm, version=draft, amount=Decimal(1), on=DAY, by=city.clerk, at=at)


class TestAutomatic:
    """免申即享: a list instead of applications."""

    def test_lists_every_firm_once(self, city, version, at):
        other = EnterpriseFactory(area=city.county)
        due = [
            EntitledFirm(city.firm, Decimal(100000), ("月均用电达到最高月的80%",)),
            EntitledFirm(other, Decimal("200000.004"), ()),
        ]
        payouts = policies.list_automatic(version, due=due, period="2026Q3", by=city.clerk, at=at)
        assert [row.applied_amount for row in payouts] == [Decimal("100000.00"), Decimal("200000.00")]
        assert payouts[0].reasons == ["月均用电达到最高月的80%"]
        events = events_of(version.policy).get()
        assert (events.data["firms"], events.data["amount"]) == (2, "300000.00")
        with pytest.raises(Refused, match="没有新的企业"):
            policies.list_automatic(version, due=due, period="2026Q3", by=city.clerk, at=at)
        assert Payout.objects.count() == 2

    def test_not_for_policies_that_are_applied_for(self, city, at):
        version = PolicyVersionFactory(policy__delivery="APPLICATION")
        with pytest.raises(Refused, match="申报"):
            policies.list_automatic(version, due=[], period="", by=city.clerk, at=at)

    def test_not_by_a_rule_nobody_confirmed(self, city, at):
        version = PolicyVersionFactory(confirmed=False)
        with pytest.raises(Refused, match="核对原文"):
            policies.list_automatic(version, due=[], period="", by=city.clerk, at=at)

    def test_not_for_firms_of_another_area(self, city, version, at):
        due = [EntitledFirm(EnterpriseFactory(area=city.other_county), Decimal(1), ())]
        with pytest.raises(Refused, match="北岭区"):
            policies.list_automatic(version, due=due, period="", by=city.county_clerk, at=at)
