"""Notices of an agreement: who must act next is told, who acted is not, and what was answered is no longer asked."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from gongjian.campaigns import services as campaigns
from gongjian.campaigns.agreement.queries import waiting_for
from gongjian.indicators.reading.cells import Cell, Place
from gongjian.notices.models import Notice
from gongjian.people.models import Unit
from tests import scenes
from tests.factories import BattleFactory, IndicatorFactory, UnitFactory
from tests.web.test_pages import signed_in


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def part(c, at):
    """The county's part of a target of the city, as an offer."""
    battle = BattleFactory(campaign__area=c.city, name="消费提振攻坚战", lead_unit=c.bureau)
    retail = IndicatorFactory(key="retail", name="社会消费品零售总额", english="Retail sales")
    battle.indicators.set([retail])
    facts = {"indicator": retail, "year": 2026, "horizon": "FULL_YEAR"}
    whole = campaigns.add_target(battle, area=c.city, **facts, value=Decimal(380), by=c.clerk, at=at)
    assert not waiting()  # the city's own is agreed with itself
    campaigns.pass_on(whole, {c.county: Decimal(250)}, by=c.clerk, at=at)
    return whole.children.get()


def waiting():
    """What is told and stands: to whom, and in which words."""
    rows = Notice.objects.filter(withdrawn_at=None, subject_kind="campaigns.target").order_by("pk")
    return [(row.account or row.unit, row.words) for row in rows]


def test_each_step_tells_the_side_that_acts_next_and_takes_back_what_was_asked(c, part, at):
    office = Unit.objects.filter(area=c.city, kind="OFFICE").first()
    above = office if office and office != c.clerk.unit else None
    ((who, said),) = waiting()
    assert who == c.county_clerk
    assert "250。请认可，或提出异议" in said
    page = signed_in(c.county_clerk)
    opened = page.post(reverse("notice-open", args=[Notice.objects.get(withdrawn_at=None).pk]))
    assert opened["Location"] == reverse("target", args=[part.pk])
    campaigns.counter(part, value=Decimal(240), reason="基数调整", by=c.county_clerk, at=at)
    ((who, said),) = waiting()
    assert who in {above, c.clerk, c.clerk.unit}
    assert "建议 240：基数调整" in said
    campaigns.accept(part, by=c.clerk, at=at)
    ((who, said),) = waiting()
    assert (who, "240 双方已认可" in said) == (c.county_clerk, True)
    campaigns.change_target(part, value=Decimal(260), reason="上级调整", by=c.clerk, at=at)
    ((who, said),) = waiting()
    assert (who, "260。请认可" in said) == (c.county_clerk, True)
    campaigns.withdraw_target(part, reason="下错了", by=c.clerk, at=at)
    assert waiting() == []


def test_a_unit_that_holds_a_target_is_asked_and_whoever_sets_it_for_the_own_unit_is_not(c, part, at):
    campaigns.pass_on(part, {(unit := UnitFactory(area=c.county)): Decimal(40)}, by=c.county_clerk, at=at)
    assert waiting()[-1][0] == unit
    c.county_clerk.unit = UnitFactory(area=c.county)
    told = len(waiting())
    campaigns.pass_on(part, {c.county_clerk.unit: Decimal(20)}, by=c.county_clerk, at=at)
    assert len(waiting()) == told


def test_a_holder_gets_one_notice_of_all_targets_of_a_day(c, part, at):
    whole = part.parent
    facts = {"battle": whole.battle, "indicator": whole.indicator, "area": c.city, "year": 2026}
    spans = {"Q1": 60, "HALF": 120}
    for span, value in spans.items():
        half = campaigns.add_target(**facts, horizon=span, value=Decimal(value), by=c.clerk, at=at)
        campaigns.pass_on(half, {c.county: Decimal(value), c.other_county: Decimal(1)}, by=c.clerk, at=at)
    told = Notice.objects.filter(withdrawn_at=None, account=c.county_clerk)
    assert [row.values["count"] for row in told] == [3]
    page = signed_in(c.county_clerk)
    opened = page.post(reverse("notice-open", args=[told.get().pk]), follow=True)
    assert opened.redirect_chain[0][0] == reverse("target-answers", args=[whole.battle.campaign_id])
    assert opened.content.decode().count("data-row") == 3
    # What is read stands until the last of it is answered; what comes then is a notice of its own.
    campaigns.change_target(part, value=Decimal(260), reason="上级调整", by=c.clerk, at=at)
    assert [row.values.get("count") for row in told.order_by("pk")] == [3, None]
    for row in part.parent.battle.targets.filter(area=c.county):
        campaigns.accept(row, by=c.county_clerk, at=at)
    assert [row for row in told.all() if row.kind == "TASK"] == []
    assert waiting_for(c.clerk, whole.battle.campaign).count() == 3  # letters to be signed


def test_a_table_of_targets_is_told_once_and_a_withdrawn_one_is_named_no_more(c, part, at):
    whole = part.parent
    places = enumerate([c.city, c.county], 1)
    cells = [
        Cell(whole.indicator_id, area.pk, date(2026, 12, 1), "REPORTED", Decimal(9), Place("", n, 1))
        for n, area in places
    ]
    done = {}
    for span in ("Q1", "HALF"):
        done[span] = campaigns.enter_targets(
            whole.battle.campaign, cells, year=2026, horizon=span, reason="", by=c.clerk, at=at
        )
    assert [(one.new, one.changed, one.refused) for one in done.values()] == [(2, 0, [])] * 2
    told = Notice.objects.filter(withdrawn_at=None, account=c.county_clerk)
    assert told.get().values["count"] == 3
    campaigns.withdraw_target(part, reason="下错了", by=c.clerk, at=at)
    assert (told.get().values["count"], str(part) in told.get().words) == (2, False)
