"""Areas that merge or divide in mid-year: sums to the last digit, history kept, gaps owned, taken back as a whole."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.models import Target
from gongjian.campaigns.queries import gap_owner_of
from gongjian.indicators.models import Figure
from gongjian.people.models import Area
from gongjian.people.queries import area_above, children
from tests import scenes
from tests.factories import (
    AreaFactory,
    BattleFactory,
    FigureFactory,
    IndicatorFactory,
)

AMOUNTS = st.decimals(min_value=0, max_value=9_999, places=2)


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def retail(c):
    battle = BattleFactory(campaign__area=c.city, name="消费提振攻坚战", lead_unit=c.bureau)
    one = IndicatorFactory(key="retail", name="社会消费品零售总额", english="Retail sales")
    battle.indicators.set([one])
    return battle


def held(c, battle, at, **parts):
    """A target of the city with a part of each county."""
    one = battle.indicators.get()
    facts = {"indicator": one, "year": 2026, "horizon": "FULL_YEAR"}
    whole = campaigns.add_target(battle, area=c.city, **facts, value=Decimal(90_000), by=c.clerk, at=at)
    areas = {"first": c.county, "second": c.other_county}
    campaigns.pass_on(whole, {areas[name]: value for name, value in parts.items()}, by=c.clerk, at=at)
    return whole


def total(whole):
    return whole.children.filter(withdrawn_at=None).aggregate(sum=Sum("value"))["sum"]


def figures(**of):
    rows = Figure.objects.filter(superseded_at=None, **of).order_by("month")
    return {row.month: row.value for row in rows}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(amounts=st.tuples(AMOUNTS, AMOUNTS, st.decimals(min_value=1, max_value=99, places=1)))
def test_sums_stay_to_the_last_digit_and_every_gap_has_an_owner(c, retail, at, amounts):
    first, second, share = amounts
    battle = BattleFactory(campaign=retail.campaign, lead_unit=c.bureau)
    battle.indicators.set(retail.indicators.all())
    whole = held(c, battle, at, first=first, second=second)
    change = campaigns.merge(c.county, [c.other_county], on=at.date(), by=c.clerk, at=at)
    assert total(whole) == first + second
    campaigns.take_back_boundaries(change, reason="批复未下", by=c.clerk, at=at)
    assert total(whole) == first + second
    facts = {"name": f"新区{battle.pk}", "share": share, "on": at.date(), "by": c.clerk, "at": at}
    change = campaigns.divide(c.county, [], **facts)
    assert total(whole) == first + second
    assert all(gap_owner_of(row) for row in whole.children.filter(withdrawn_at=None))
    campaigns.take_back_boundaries(change, reason="批复未下", by=c.clerk, at=at)
    parts = whole.children.filter(withdrawn_at=None)
    assert {row.area: row.value for row in parts} == {c.county: first, c.other_county: second}


def test_a_merger_restates_figures_moves_what_lies_below_and_keeps_the_history(c, retail, at):
    whole = held(c, retail, at, first=Decimal(250), second=Decimal("130.5"))
    part = whole.children.get(area=c.other_county)
    town = AreaFactory.create(name="东关镇", level="TOWNSHIP", parent=c.other_county)
    campaigns.pass_on(part, {town: Decimal(30)}, by=c.clerk, at=at)
    one = retail.indicators.get()
    for month, values in ((9, (5, 7)), (10, (6, None))):
        for area, value in zip((c.county, c.other_county), values, strict=True):
            if value:
                FigureFactory(area=area, indicator=one, month=date(2026, month, 1), value=value)
    change = campaigns.merge(
        c.county, [c.other_county], on=at.date(), document="安政函〔2026〕9号", by=c.clerk, at=at
    )
    new = whole.children.get(withdrawn_at=None)
    assert (new.area, new.value, new.state, gap_owner_of(new)) == (
        c.county,
        Decimal("380.5"),
        "PROPOSED",
        str(new.gap_unit or new.area),
    )
    assert new.children.get().area == town
    assert area_above(Area.objects.get(pk=town.pk)) == c.county
    assert list(children(c.city)) == [c.county]
    # What one of them lacks is not made up; what stood is readable behind what was restated.
    assert figures(area=c.county) == {date(2026, 9, 1): 12, date(2026, 10, 1): 6}
    assert figures(area=c.other_county) == {date(2026, 9, 1): 7}
    assert "并入" in str(events_of(change).last())
    with pytest.raises(Refused):
        campaigns.add_target(
            retail,
            indicator=one,
            area=c.other_county,
            year=2027,
            horizon="Q1",
            value=Decimal(1),
            by=c.clerk,
            at=at,
        )
    campaigns.take_back_boundaries(change, reason="批复未下", by=c.clerk, at=at + timedelta(hours=1))
    assert figures(area=c.county) == {date(2026, 9, 1): 5, date(2026, 10, 1): 6}
    assert area_above(Area.objects.get(pk=town.pk)) == c.other_county
    assert Target.objects.get(area=town, withdrawn_at=None).parent == part


def test_a_division_shares_what_was_not_passed_on_and_is_final_once_it_was_answered(c, retail, at):
    whole = held(c, retail, at, first=Decimal(250), second=Decimal(130))
    part = whole.children.get(area=c.county)
    towns = [
        AreaFactory.create(name=name, level="TOWNSHIP", parent=c.county) for name in ("东关镇", "西关镇")
    ]
    campaigns.pass_on(part, {towns[0]: Decimal(100), towns[1]: Decimal(50)}, by=c.county_clerk, at=at)
    FigureFactory(area=c.county, indicator=retail.indicators.get(), month=date(2026, 9, 1), value=7)
    change = campaigns.divide(
        c.county, [towns[1]], name="临港区", share=Decimal(30), on=at.date(), by=c.clerk, at=at
    )
    new = change.others.get()
    rows = {row.area: row.value for row in whole.children.filter(withdrawn_at=None)}
    assert rows == {c.county: Decimal(170), new: Decimal(80), c.other_county: Decimal(130)}
    assert [*figures(area=c.county).values(), *figures(area=new).values()] == [5, 2]
    assert Target.objects.get(area=towns[1], withdrawn_at=None).parent.area == new
    campaigns.accept(
        whole.children.get(withdrawn_at=None, area=c.county), by=c.county_clerk, at=at + timedelta(1)
    )
    with pytest.raises(Refused):
        campaigns.take_back_boundaries(change, reason="批复未下", by=c.clerk, at=at + timedelta(2))


def test_what_cannot_be_merged_or_divided_is_refused(c, retail, at):
    facts = {"on": at.date(), "by": c.clerk, "at": at}
    for others in ([], [c.county], [c.city]):
        with pytest.raises(Refused):
            campaigns.merge(c.county, others, **facts)
    with pytest.raises(Refused):
        campaigns.merge(c.city, [c.county], **facts)
    with pytest.raises(Refused):
        campaigns.merge(c.county, [c.other_county], **facts | {"on": at.date() + timedelta(1)})
    with pytest.raises(Refused):
        campaigns.merge(c.county, [c.other_county], **facts | {"by": c.county_clerk})
    for share, moved in ((Decimal(0), []), (Decimal(100), []), (Decimal(9), [c.other_county])):
        with pytest.raises(Refused):
            campaigns.divide(c.county, moved, name="临港区", share=share, **facts)
