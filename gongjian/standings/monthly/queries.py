"""The standings of a month, of the months before it, of one area; a draft tried on last year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from gongjian.engines.standings import stability
from gongjian.engines.standings.changes import Change, compare
from gongjian.engines.standings.next_place import Way, way_up
from gongjian.engines.standings.readings import Entrant, Note, Reading
from gongjian.engines.standings.scoring import Line, Row, Standings, score
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Indicator
from gongjian.people.models import Account, Area
from gongjian.people.queries import reads
from gongjian.standings.figures.queries import Known
from gongjian.standings.models import Excuse, Scheme, SchemeVersion
from gongjian.standings.queries import grouped_areas, newest_month, read_items, version_in_force
from gongjian.standings.schemes.queries import engine_scheme, groups_of
from gongjian.standings.states import Lists

if TYPE_CHECKING:
    from gongjian.engines.standings.stability import Stability

YEAR = 12
Readings = Mapping[Entrant, Mapping[str, Reading]]


@dataclass(frozen=True)
class AreaLine:
    """One area in the standings of a month; `open`: whether the reader may open what stands behind its place."""

    area: Area
    row: Row
    stability: "Stability | None"
    change: Change | None
    open: bool
    history: tuple[int | None, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether it had a place the month before and has none now: others rise by it."""
        return self.row.place is None and self.change is not None and self.change.before is not None

    @property
    def corrected(self) -> bool:
        """Whether a figure behind its place was corrected."""
        return any(Note.CORRECTED in line.value.notes for line in self.row.lines)


@dataclass(frozen=True)
class MonthStandings:
    """The standings of a month: every area of the scheme, in groups, with the months before it for the slopes."""

    scheme: Scheme
    version: SchemeVersion
    month: date
    months: list[date]
    lines: list[AreaLine]
    standings: Standings
    readings: Readings
    known: Known

    @property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators by key."""
        return self.known.table.indicators

    @property
    def groups(self) -> list[tuple[str, list[AreaLine]]]:
        """The lines by group, each from the first place."""
        names = dict.fromkeys(line.row.group for line in self.lines)
        return [(name, [line for line in self.lines if line.row.group == name]) for name in names]

    def line(self, area: int) -> AreaLine | None:
        """The line of an area; None for one that is not compared here."""
        return next((line for line in self.lines if line.area.pk == area), None)


def latest_month(scheme: Scheme) -> date | None:
    """The latest month of which a figure of the compared areas is known."""
    if hasattr(scheme, "latest"):  # read with the scheme
        read: date | None = scheme.latest
        return read
    rows = Scheme.objects.filter(pk=scheme.pk).annotate(newest=newest_month())
    found: date | None = rows.values_list("newest", flat=True).get()
    return found


@dataclass(frozen=True)
class ScoredMonths:
    """The places of some months by one version, the last of them the month that was asked for."""

    version: SchemeVersion
    areas: list[Area]
    months: list[date]
    known: Known
    read: dict[date, Readings]
    made: dict[date, Standings]

    @property
    def now(self) -> Standings:
        """Those of the month that was asked for."""
        return self.made[self.months[-1]]


def scored_months(
    scheme: Scheme,
    month: date,
    *,
    back: int = 0,
    as_of: datetime | None = None,
    version: SchemeVersion | None = None,
) -> ScoredMonths | None:
    """Places and what stands behind them, without how sure they are; None where no version counts in the month."""
    version = version or version_in_force(scheme, month, as_of=as_of)
    areas = grouped_areas(version) if version else []
    if version is None or not areas:
        return None
    read_items(version)
    months = [add_months(month, -n) for n in range(back, -1, -1)]
    known = Known.read(areas, version.items.all(), first=months[0], last=month, as_of=as_of)
    rules, groups = engine_scheme(version), groups_of(areas)
    excused = _excused(areas, months) if version.lists != Lists.NONE else {}
    read: dict[date, Readings] = {day: known.readings(version, day) for day in months}
    made = {day: score(rules, read[day], groups=groups, excused=excused.get(day, ())) for day in months}
    return ScoredMonths(version, areas, months, known, read, made)


def month_standings(
    scheme: Scheme,
    month: date,
    *,
    reader: Account,
    back: int = 5,
    as_of: datetime | None = None,
    version: SchemeVersion | None = None,
) -> MonthStandings | None:
    """The standings of a month and of those before it by the version that counts in the month; None where none does."""
    found = scored_months(scheme, month, back=back, as_of=as_of, version=version)
    if found is None:
        return None
    months, made, now = found.months, found.made, found.now
    sure = stability.resample(now, found.read[month])
    changes = compare(made[months[-2]], now) if len(months) > 1 else {}
    by_key = {area.pk: area for area in found.areas}
    lines = [
        AreaLine(
            by_key[int(row.entrant)],
            row,
            sure.get(row.entrant),
            changes.get(row.entrant),
            reads(reader, by_key[int(row.entrant)]),
            tuple(made[day].row(row.entrant).place for day in months),
        )
        for row in now.rows
    ]
    return MonthStandings(scheme, found.version, month, months, lines, now, found.read[month], found.known)


def _excused(areas: list[Area], months: list[date]) -> dict[date, list[int]]:
    """The areas excused in each month."""
    found = dict[date, list[int]]()
    rows = Excuse.objects.filter(area__in=areas, month__in=months)
    for area, month in rows.values_list("area", "month"):
        found.setdefault(month, []).append(area)
    return found


@dataclass(frozen=True)
class AloneWay:
    """One item by which alone an area would rise; `way` is None where it cannot."""

    line: Line
    way: Way | None


@dataclass(frozen=True)
class AreaStanding:
    """Where one area stands, why, and how it gets one place up."""

    of: MonthStandings
    line: AreaLine
    way: Way | None
    alone: list[AloneWay]


def area_standing(found: MonthStandings, area: int) -> AreaStanding | None:
    """One area of the standings with its way up, by all items together and by each alone; None for an area not compared."""
    line = found.line(area)
    if line is None:
        return None
    way = way_up(found.standings, found.readings, area)
    alone = [
        AloneWay(one, way_up(found.standings, found.readings, area, alone=one.item))
        for one in line.row.lines
        if one.item.points and way is not None
    ]
    alone.sort(key=lambda each: each.way.cost if each.way else Decimal("Infinity"))
    return AreaStanding(found, line, way, alone)


@dataclass(frozen=True)
class Simulation:
    """A draft tried on the months of a year beside what counted in them: places of both, month by month."""

    months: list[date]
    rows: list[tuple[Area, list[tuple[int | None, int | None]]]]

    @property
    def moved(self) -> int:
        """How many areas would have stood elsewhere in some month."""
        return sum(any(old != new for old, new in places) for _area, places in self.rows)


def simulate(version: SchemeVersion, last: date, *, months: int = YEAR) -> Simulation | None:
    """Who would have stood elsewhere in the year up to a month: the draft beside the version that counts now, else beside nothing; None for one without points."""
    draft = read_items(version)
    if not any(item.points for item in draft.items.all()):
        return None
    signed = SchemeVersion.objects.filter(scheme=draft.scheme, signed_at__isnull=False).exclude(pk=draft.pk)
    standing = signed.select_related("scheme__area").order_by("-from_month", "-number").first()
    days = [add_months(last, -n) for n in range(months - 1, -1, -1)]
    versions = [draft, *([read_items(standing)] if standing else ())]
    areas = grouped_areas(draft)
    known = Known.read(
        areas, [item for one in versions for item in one.items.all()], first=days[0], last=last
    )

    def places(one: SchemeVersion) -> dict[date, dict[Entrant, int | None]]:
        rules = engine_scheme(one)
        groups = groups_of(areas if one is draft else grouped_areas(one))
        found = {day: score(rules, known.readings(one, day), groups=groups).rows for day in days}
        return {day: {row.entrant: row.place for row in rows} for day, rows in found.items()}

    new, old = places(draft), places(standing) if standing else {}
    rows = [
        (area, [(old.get(day, {}).get(area.pk), new[day].get(area.pk)) for day in days]) for area in areas
    ]
    return Simulation(days, rows)
