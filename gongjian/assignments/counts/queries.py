"""Counts of open assignments (盘点): one query groups them by area, light and marks; totals are its sums."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from gongjian.assignments.lights.queries import no_lights, with_light
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import OPEN, Light
from gongjian.people.models import Area
from gongjian.people.queries import subtree
from gongjian.people.states import AreaLevel

URGENT = ("next_due_on", "pk")
NAMED = ("path", "depth", "short_name", "level", "order")  # what is read of an area


@dataclass(frozen=True)
class AreaLights:
    """Open assignments of one area, by light and by mark."""

    area: Area
    counts: dict[Light, int]
    marked: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many are open."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class OpenCount:
    """How many open assignments of one area share a light and the same marks."""

    area: int
    light: Light
    marks: frozenset[str]
    number: int


@dataclass(frozen=True)
class Tally:
    """All open assignments, counted once."""

    groups: Sequence[OpenCount]

    def marked(self, mark: str) -> int:
        """How many open assignments carry a mark."""
        return sum(group.number for group in self.groups if mark in group.marks)

    def lights(self) -> dict[Light, int]:
        """How many open assignments show each light."""
        counts = no_lights()
        for group in self.groups:
            counts[group.light] += group.number
        return counts

    def by_area(self, area: Area | None) -> list[AreaLights]:
        """Counts by light for each child area (or the area itself), including areas further down."""
        if area is None:
            return []
        below = list(subtree(area).only(*NAMED))
        shown = _shown(area, below)
        owner = {
            each.pk: next((top for top in shown if each.path.startswith(top.path)), None) for each in below
        }
        table = {top.pk: AreaLights(top, no_lights()) for top in shown}
        for group in self.groups:
            if (top := owner.get(group.area)) is not None:
                table[top.pk].counts[group.light] += group.number
                table[top.pk].marked.update(dict.fromkeys(group.marks, group.number))
        return list(table.values())


def _shown(area: Area, below: Iterable[Area]) -> list[Area]:
    """The areas directly below in official order, townships left out; the area itself where there are none."""
    children = [each for each in below if each.depth == area.depth + 1 and each.level != AreaLevel.TOWNSHIP]
    return sorted(children, key=lambda child: (child.order, child.path)) or [area]


def _marked(rows: QuerySet[Assignment], marks: Mapping[str, Q]) -> QuerySet[Assignment]:
    """The rows annotated with `is_<name>` for each mark."""
    flags = {f"is_{name}": ExpressionWrapper(q, output_field=BooleanField()) for name, q in marks.items()}
    return rows.annotate(**flags)


def tally(rows: QuerySet[Assignment], today: date, marks: Mapping[str, Q]) -> Tally:
    """Count the open assignments among these rows, in one query."""
    flags = [f"is_{name}" for name in marks]
    lit = with_light(_marked(rows.filter(state__in=OPEN).order_by(), marks), today)
    counted = lit.values_list("area", "light", *flags).annotate(n=Count("*"))
    return Tally(
        [
            OpenCount(
                area,
                Light(light),
                frozenset(name for name, yes in zip(marks, yes_or_no, strict=True) if yes),
                n,
            )
            for area, light, *yes_or_no, n in counted
        ]
    )


def rows_of_lists(lists: Mapping[str, Sequence[int]]) -> dict[str, list[Assignment]]:
    """The assignments of several lists that are given by keys, the most urgent first; one query however many lists."""
    wanted = {pk for keys in lists.values() for pk in keys}
    rows = Assignment.objects.filter(pk__in=wanted).select_related("lead_unit", "responsible_person")
    fetched = list(rows.order_by(*URGENT))
    return {name: [row for row in fetched if row.pk in set(keys)] for name, keys in lists.items()}
