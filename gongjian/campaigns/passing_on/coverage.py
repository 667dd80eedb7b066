"""How far targets have come down: which area has not passed its targets on, or has not held its meeting (层层传导)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongjian.campaigns.models import Campaign, Target
from gongjian.engines.cascade.coverage import how_far
from gongjian.people.models import Account, Area
from gongjian.people.queries import sight

Whole = tuple[int, int, str]  # battle, indicator, span


@dataclass(frozen=True)
class CoverageLine:
    """An area that has others below it: the targets it holds, those it passed on to all, those it has not, its meeting."""

    area: Area
    held: int
    passed_on: int
    not_passed: tuple[Target, ...]
    met_on: date | None

    @property
    def is_done(self) -> bool:
        """Whether it has held its meeting and passed every target on."""
        return self.met_on is not None and not self.not_passed


def coverage_of(campaign: Campaign, account: Account, meetings: Mapping[int, date]) -> list[CoverageLine]:
    """The areas an account reads that have areas below them. `meetings` maps an area to the day of its own meeting.

    Four queries and sets of keys: a city has tens of thousands of targets, and nothing is shown of those that were passed on.
    """
    standing = Area.objects.filter(path__startswith=campaign.area.path, ended_on=None)
    areas = list(standing.order_by("depth", "order", "path"))
    rows = Target.objects.filter(
        battle__campaign=campaign, unit=None, withdrawn_at=None, year=campaign.starts_on.year
    )
    held, lacking = how_far(below(areas), _holders(rows).items())
    seen = set(Area.objects.filter(sight(account, "")).values_list("pk", flat=True))
    not_passed: dict[int, list[Target]] = defaultdict(list)
    wanted = [area for area, (whole, done) in held.items() if done < whole and area in seen]
    for row in rows.filter(area__in=wanted).select_related("indicator"):
        if (row.area_id, _whole(row)) in lacking:
            not_passed[row.area_id].append(row)
    return [
        CoverageLine(area, *held[area.pk], tuple(not_passed[area.pk]), meetings.get(area.pk))
        for area in areas
        if area.pk in held and area.pk in seen
    ]


def _whole(row: Target) -> Whole:
    return row.battle_id, row.indicator_id, row.horizon


def _holders(rows: QuerySet[Target]) -> dict[Whole, set[int]]:
    """Battle, indicator and span -> the areas that hold a target of it."""
    found: dict[Whole, set[int]] = defaultdict(set)
    names = ("battle", "indicator", "horizon", "area")
    for battle, indicator, horizon, area in rows.order_by().values_list(*names):
        found[battle, indicator, horizon].add(area)
    return found


def below(areas: Iterable[Area]) -> dict[int, set[int]]:
    """Area -> the areas directly below it; areas without any are left out."""
    by_path, found = {}, defaultdict[int, set[int]](set)
    for area in areas:
        by_path[area.path] = area.pk
        if above := by_path.get(area.path[: -Area.steplen]):
            found[above].add(area.pk)
    return found
