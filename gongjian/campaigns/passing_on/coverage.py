"""How far targets have come down: which area has not passed its targets on, or has not held its meeting (层层传导)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongjian.campaigns.models import Campaign, Target
from gongjian.engines.cascade.coverage import coverage
from gongjian.engines.cascade.tree import Target as Node
from gongjian.engines.cascade.tree import Tree
from gongjian.people.models import Account, Area
from gongjian.people.queries import sight


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


def coverage_of(
    campaign: Campaign, account: Account, meetings: Mapping[int, date], *, on: date
) -> list[CoverageLine]:
    """The areas an account reads that have areas below them. `meetings` maps an area to the day of its own meeting."""
    areas = list(Area.objects.filter(path__startswith=campaign.area.path).order_by("depth", "order", "path"))
    by_path = {area.path: area for area in areas}
    held_by = {str(area.pk): area for area in areas}
    days = {str(pk): day for pk, day in meetings.items()}
    rows = Target.objects.filter(
        battle__campaign=campaign, unit=None, withdrawn_at=None, year=campaign.starts_on.year
    ).select_related("indicator", "area", "battle")
    by_root: dict[tuple[int, int, str], dict[int, Target]] = defaultdict(dict)
    for row in rows:
        by_root[row.battle_id, row.indicator_id, row.horizon][row.area_id] = row
    passed: dict[int, int] = defaultdict(int)
    open_: dict[int, list[Target]] = defaultdict(list)
    for told in by_root.values():
        tree = _tree(areas, by_path, told)
        for duty in coverage(tree, days, on=on).duties:
            area = held_by[duty.area]
            if duty.not_told:
                open_[area.pk].append(told[area.pk])
            else:
                passed[area.pk] += 1
    seen = set(Area.objects.filter(sight(account, "")).values_list("pk", flat=True))
    above = {area.path[: -Area.steplen] for area in areas}
    return [
        CoverageLine(
            area,
            passed[area.pk] + len(open_[area.pk]),
            passed[area.pk],
            tuple(open_[area.pk]),
            meetings.get(area.pk),
        )
        for area in areas
        if area.path in above and area.pk in seen
    ]


def _tree(areas: list[Area], by_path: Mapping[str, Area], told: Mapping[int, Target]) -> Tree:
    """The tree of one target over all areas; an area without one has none yet."""
    nodes = []
    for number, area in enumerate(areas):
        parent = by_path.get(area.path[: -Area.steplen]) if number else None
        row = told.get(area.pk)
        nodes.append(
            Node(str(area.pk), str(parent.pk) if parent else None, area.name, row.value if row else None)
        )
    return Tree(tuple(nodes))
