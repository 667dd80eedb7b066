"""Standings of a month from figures as known: ties, gaps, targets, guards, corrections, publications, the way up, a trial."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongjian.audit import Refused
from gongjian.campaigns.models import Target
from gongjian.engines.standings.readings import Note
from gongjian.indicators import services as indicators
from gongjian.indicators.models import Figure
from gongjian.standings import services as standings
from gongjian.standings.models import SchemeItem, SchemeVersion
from gongjian.standings.monthly.queries import area_standing, latest_month, month_standings, simulate
from gongjian.standings.publications.queries import (
    computed_again,
    corrected_since,
    publications_of,
    then_and_now,
    told,
)
from tests.factories import (
    AT,
    AreaFactory,
    BattleFactory,
    SchemeItemFactory,
    SchemeVersionFactory,
    TargetFactory,
    TargetMoveFactory,
)
from tests.standings.scene import EARLY, MONTH, compared

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return compared()


def now(s, **facts):
    return month_standings(s.version.scheme, MONTH, **{"reader": s.c.clerk} | facts)


def places(found):
    return {line.area.name: line.row.place for line in found.lines}


def test_places_totals_and_history_of_a_month(s):
    found = now(s)
    assert latest_month(s.version.scheme) == MONTH
    totals = {line.area.name: line.row.total for line in found.lines}
    assert totals == {
        "临河区": Decimal("9.10"),
        "北岭区": Decimal("9.20"),
        "平阳县": Decimal("9.30"),
        "汾水县": Decimal("9.40"),
    }
    assert places(found) == {"汾水县": 1, "平阳县": 2, "北岭区": 3, "临河区": 4}
    assert found.months[-1] == MONTH
    assert [line.history[-1] for line in found.lines] == [1, 2, 3, 4]
    assert all(line.stability.sure for line in found.lines)  # both columns are never known side by side here


def test_a_gap_a_group_and_an_area_without_figures(s):
    Figure.objects.filter(area=s.counties[0], month=date(2026, 4, 1)).delete()
    AreaFactory(name="新区", parent=s.c.city)
    found = now(s)
    assert places(found) == {"汾水县": 1, "平阳县": 2, "北岭区": 3, "临河区": None, "新区": None}
    assert found.line(s.counties[0].pk).row.missing == ("retail",)
    s.version.members.create(area=s.counties[3], group="县市")
    s.version.members.create(area=s.counties[2], group="县市")
    assert places(now(s)) == {"北岭区": None, "临河区": None, "新区": None, "汾水县": 1, "平阳县": 2}


def corrected(s, area, month, value, *, days=0):
    figure = Figure.objects.get(indicator=s.retail, area=area, month=month, superseded_at=None)
    at = AT + timedelta(days=days)
    return indicators.restate(figure, value=Decimal(value), reason="核减", by=s.c.clerk, at=at)


def test_a_published_rank_says_that_a_figure_behind_it_was_corrected_and_can_be_computed_again(s):
    row = standings.publish(s.version.scheme, month=MONTH, by=s.c.clerk, at=AT + timedelta(hours=1))
    assert computed_again(row) == row.rows == told(now(s).standings)
    assert list(corrected_since(row)) == []
    corrected(s, s.counties[0], MONTH, "16", days=1)
    assert [str(figure.area) for figure in corrected_since(row)] == ["临河区"]
    assert computed_again(row) == row.rows
    moved = {str(each.area): (each.place, each.now) for each in then_and_now(row)}
    assert moved == {"汾水县": (1, 2), "平阳县": (2, 3), "北岭区": (3, 4), "临河区": (4, 1)}
    found = now(s)
    assert [(pub.pk, n) for pub, n in publications_of(found)] == [(row.pk, 1)]
    assert [line.corrected for line in found.lines if line.area == s.counties[0]] == [True]
    assert places(now(s, as_of=AT + timedelta(hours=2))) == {
        "汾水县": 1,
        "平阳县": 2,
        "北岭区": 3,
        "临河区": 4,
    }
    with pytest.raises(Refused, match="还没有已审签"):
        standings.publish(s.version.scheme, month=date(2024, 12, 1), by=s.c.clerk, at=AT)
    with pytest.raises(Refused, match="排不出"):
        standings.publish(s.version.scheme, month=date(2026, 11, 1), by=s.c.clerk, at=AT)


def test_a_base_that_was_lowered_this_year_counts_as_it_stood_one_corrected_in_its_own_year_does_not(s):
    area, other = s.counties[0], s.counties[1]
    for month in range(1, 11):
        corrected(s, area, date(2025, month, 1), "8")
    figure = Figure.objects.get(indicator=s.retail, area=other, month=date(2025, 3, 1))
    indicators.restate(figure, value=Decimal(9), reason="录错", by=s.c.clerk, at=EARLY + timedelta(days=2))
    found = now(s)
    growth = found.line(area.pk).row.lines[0].value
    assert (growth.compared, growth.plain, Note.FIRST_BASE in growth.notes) == (1, Decimal("26.25"), True)
    assert Note.FIRST_BASE not in found.line(other.pk).row.lines[0].value.notes
    SchemeVersion.objects.filter(pk=s.version.pk).update(first_base=False)
    assert places(now(s))["临河区"] == 1


def test_completion_goes_by_the_target_as_it_was_first_agreed_and_by_what_is_due(s):
    SchemeItem.objects.filter(version=s.version).delete()
    SchemeItemFactory(version=s.version, indicator=s.retail, lens="COMPLETION", points=10)
    SchemeVersion.objects.filter(pk=s.version.pk).update(lists="GUARDED", listed=1)
    battle = BattleFactory(campaign__area=s.c.city)
    for number, area in enumerate(s.counties):
        facts = {"battle": battle, "indicator": s.retail, "area": area, "year": 2026}
        target = TargetFactory(**facts, horizon="FULL_YEAR", value=120 if number else 100, set_at=EARLY)
        TargetMoveFactory(target=target, kind="PROPOSED", amount=120, made_by=s.c.clerk, made_at=EARLY)
        TargetMoveFactory(
            target=target, kind="AGREED", side="BELOW", amount=None, made_by=s.c.clerk, made_at=EARLY
        )
    first = Target.objects.get(area=s.counties[0])
    TargetMoveFactory(target=first, kind="PROPOSED", amount=100, made_by=s.c.clerk, made_at=AT)
    found = now(s)
    values = {line.area.name: line.row.lines[0].value for line in found.lines}
    assert {name: value.compared for name, value in values.items()} == {
        "汾水县": Decimal("104.00"),
        "平阳县": Decimal("103.00"),
        "北岭区": Decimal("102.00"),
        "临河区": Decimal("101.00"),
    }
    assert values["临河区"].plain > values["临河区"].compared
    assert [line.row.mark for line in found.lines] == ["RED", "", "", ""]
    assert found.lines[-1].row.spared
    Target.objects.filter(area=s.counties[3]).update(withdrawn_at=AT + timedelta(days=1))
    assert places(now(s))["汾水县"] is None
    assert places(now(s, as_of=AT))["汾水县"] == 1


def test_an_excuse_keeps_an_area_off_the_black_list(s):
    SchemeVersion.objects.filter(pk=s.version.pk).update(lists="COUNTED", listed=1)
    SchemeItem.objects.filter(lens="QUALITY").update(points=0)
    assert now(s).line(s.counties[0].pk).row.mark == "BLACK"
    standings.excuse(s.counties[0], month=MONTH, reason="洪灾停产", by=s.c.clerk, at=AT)
    row = now(s).line(s.counties[0].pk).row
    assert (row.mark, row.spared) == ("", True)


def test_the_way_up_of_an_area_leads_there(s):
    one = area_standing(now(s), s.counties[0].pk)
    assert one.way.to < one.way.place == 4
    assert one.alone[0].way.cost <= min(each.way.cost for each in one.alone if each.way)
    (move,) = one.way.moves
    corrected(s, s.counties[0], MONTH, Decimal("10.1") + move.amount)
    assert places(now(s))["临河区"] == one.way.to
    assert area_standing(now(s), s.c.city.pk) is None


def test_who_may_open_an_area_is_who_reads_it(s):
    found = now(s, reader=s.c.county_clerk)
    assert {line.area.name: line.open for line in found.lines} == {
        "临河区": True,
        "北岭区": False,
        "平阳县": False,
        "汾水县": False,
    }


def test_a_draft_is_tried_on_last_year_beside_what_counts(s):
    draft = SchemeVersionFactory(scheme=s.version.scheme, number=2, written_by=s.c.clerk, least_group=2)
    assert simulate(draft, MONTH) is None
    SchemeItemFactory(version=draft, indicator=s.share, lens="QUALITY", points=4)
    found = simulate(SchemeVersion.objects.get(pk=draft.pk), MONTH)
    assert found.months[-1] == MONTH
    assert {str(area): row[-1] for area, row in found.rows} == {
        "临河区": (4, 1),
        "北岭区": (3, 2),
        "平阳县": (2, 3),
        "汾水县": (1, 4),
    }
    assert found.moved == 4


def test_reported_and_official_figures_that_differ_make_places_unsure(s):
    for area in s.counties:
        for month, times in ((9, "1.03"), (10, "0.97")):
            official = Figure.objects.get(indicator=s.retail, area=area, month=date(2026, month, 1))
            official.pk, official.column = None, "REPORTED"
            official.value = official.value * Decimal(times)
            official.save()
    found = now(s)
    assert not all(line.stability.sure for line in found.lines)
    again = now(s)
    assert [line.stability for line in found.lines] == [line.stability for line in again.lines]
