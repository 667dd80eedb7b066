"""Areas scored by a scheme: the points of each item, totals, places within groups, lists and the bonus of the first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from gongjian.engines.standings.places import from_the_end, places
from gongjian.engines.standings.readings import Entrant, Note, Readings, Value, rounded, value_of
from gongjian.engines.standings.schemes import FULL, Item, Lens, Lists, Method, Missing, Scheme

HALF = Decimal("0.5")  # of all points: who can be compared in less has no place


class Mark(StrEnum):
    """On which list an area stands."""

    NONE = ""
    RED = "RED"
    BLACK = "BLACK"


class Unranked(StrEnum):
    """Why an area has no place."""

    NO = ""
    MISSING = "MISSING"
    SMALL = "SMALL"
    GROUP = "GROUP"


@dataclass(frozen=True)
class Line:
    """An area in an item; `place` and `points` are None where it is not compared."""

    item: Item
    value: Value
    place: int | None
    points: Decimal | None
    last: int | None  # the place counted from the end


@dataclass(frozen=True)
class Row:
    """An area in its group. `factor`: by how much points were raised for items in which it cannot be compared."""

    entrant: Entrant
    group: str
    lines: tuple[Line, ...]
    total: Decimal | None
    factor: Decimal
    unranked: Unranked
    place: int | None = None
    tied: int = 1  # how many share the place
    mark: Mark = Mark.NONE
    spared: bool = False  # kept off the black list by a met target or an excuse
    bonus: Decimal = Decimal(0)
    lenses: tuple[tuple[Lens, int | None], ...] = ()

    def line(self, item: Item) -> Line:
        """Its line of an item."""
        return next(line for line in self.lines if line.item.name == item.name)

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of the items of which nothing is known and that give points."""
        return tuple(line.item.key for line in self.lines if line.value.compared is None and line.item.points)


@dataclass(frozen=True)
class Standings:
    """All areas, in their groups from the first to those without a place."""

    scheme: Scheme
    rows: tuple[Row, ...]

    def row(self, entrant: Entrant) -> Row:
        """The row of an area."""
        return next(row for row in self.rows if row.entrant == entrant)

    def group(self, name: str) -> tuple[Row, ...]:
        """The rows of a group, from the first."""
        return tuple(row for row in self.rows if row.group == name)


def score(
    scheme: Scheme,
    readings: Readings,
    *,
    groups: Mapping[Entrant, str] | None = None,
    excused: Iterable[Entrant] = (),
) -> Standings:
    """Score areas by a scheme, each within its group; without groups all are compared with all."""
    groups, spared = groups or {}, frozenset(excused)
    values = values_of(scheme, readings)
    gathered = defaultdict[str, list[Entrant]](list)
    for entrant in readings:
        gathered[groups.get(entrant, "")].append(entrant)
    rows: list[Row] = []
    for name, members in gathered.items():
        rows += score_group(scheme, name, {entrant: values[entrant] for entrant in members}, excused=spared)
    return Standings(scheme, tuple(rows))


def values_of(scheme: Scheme, readings: Readings) -> dict[Entrant, tuple[Value, ...]]:
    """The value of each area in each item of the scheme."""
    whole = {
        item.key: sum(
            (one[item.key].amount or Decimal(0) for one in readings.values() if item.key in one), Decimal(0)
        )
        for item in scheme.items
        if item.lens == Lens.SHARE
    }
    return {
        entrant: tuple(
            value_of(scheme, item, known.get(item.key), whole=whole.get(item.key)) for item in scheme.items
        )
        for entrant, known in readings.items()
    }


def score_group(
    scheme: Scheme,
    name: str,
    values: Mapping[Entrant, tuple[Value, ...]],
    *,
    excused: frozenset[Entrant] = frozenset(),
) -> list[Row]:
    """The rows of one group, from the first to those without a place."""
    lines = defaultdict[Entrant, list[Line]](list)
    for number, item in enumerate(scheme.items):
        for entrant, line in _lines(
            scheme, item, {key: each[number] for key, each in values.items()}
        ).items():
            lines[entrant].append(line)
    rows = {entrant: _row(scheme, name, entrant, tuple(of)) for entrant, of in lines.items()}
    if sum(not row.unranked for row in rows.values()) < scheme.least_group:
        alone = {e: replace(row, unranked=Unranked.GROUP) for e, row in rows.items() if not row.unranked}
        rows |= alone
    totals = {e: row.total for e, row in rows.items() if row.total is not None and not row.unranked}
    place, last = places(totals, tie=scheme.tie), from_the_end(totals)
    lenses = _lens_places(scheme, rows)
    shared = Counter(place.values())
    made = [
        replace(
            _finished(scheme, row, place.get(entrant), last.get(entrant), excused=entrant in excused),
            tied=shared.get(place.get(entrant, 0), 1),
            lenses=lenses[entrant],
        )
        for entrant, row in rows.items()
    ]
    return sorted(made, key=lambda row: (row.place is None, row.place or 0))


def _lines(scheme: Scheme, item: Item, values: Mapping[Entrant, Value]) -> dict[Entrant, Line]:
    """Every area of a group in one item."""
    known = {e: v.compared for e, v in values.items() if v.compared is not None and not v.small}
    place, last = places(known, tie=scheme.tie, less=item.less), from_the_end(known, less=item.less)
    return {
        entrant: Line(
            item,
            value,
            place.get(entrant),
            points_of(scheme, item, known[entrant], place[entrant]) if entrant in known else None,
            last.get(entrant),
        )
        for entrant, value in values.items()
    }


def points_of(scheme: Scheme, item: Item, value: Decimal, place: int) -> Decimal:
    """The points of a value at a place."""
    if item.method == Method.PROPORTION:
        return item.points * min(max(value / item.wanted, Decimal(0)), Decimal(1))
    reached = item.reach is None or (value <= item.reach if item.less else value >= item.reach)
    if item.method == Method.TARGET:
        met = value <= item.wanted if item.less else value >= item.wanted
        return item.points if met else Decimal(0)
    if not reached:
        return Decimal(0)
    ladder = item.points * max(FULL - scheme.step * (place - 1), Decimal(0)) / FULL
    return ladder + item.reach_points if item.added else max(ladder, item.reach_points)


def _row(scheme: Scheme, group: str, entrant: Entrant, lines: tuple[Line, ...]) -> Row:
    """The total of an area: items in which it is too small to be compared count like the rest of its items."""
    absent = [line for line in lines if line.value.compared is None and line.item.points]
    counted = sum((line.item.full for line in lines if not line.value.small), Decimal(0))
    factor = scheme.full / counted if counted else Decimal(0)
    points = sum((line.points for line in lines if line.points is not None), Decimal(0))
    unranked = Unranked.NO
    if absent and scheme.missing == Missing.UNRANKED:
        unranked = Unranked.MISSING
    elif counted < scheme.full * HALF:
        unranked = Unranked.SMALL
    total = None if unranked else rounded(points * factor, scheme.digits)
    return Row(entrant, group, lines, total, factor, unranked)


def _finished(scheme: Scheme, row: Row, place: int | None, last: int | None, *, excused: bool) -> Row:
    """A row once its place is known: its list and its bonus."""
    mark, spared = Mark.NONE, False
    if place is not None and last is not None and scheme.lists != Lists.NONE:
        mark, spared = _mark(scheme, row, place, last, excused=excused)
    return replace(row, place=place, mark=mark, spared=spared, bonus=_bonus(scheme, row, place))


def completion(row: Row) -> tuple[bool, bool]:
    """Whether an area met every target, and whether it is over them: all met and one exceeded. Unknown is neither."""
    found = [line.value.compared for line in row.lines if line.item.lens == Lens.COMPLETION]
    known = [value for value in found if value is not None]
    met = bool(found) and len(known) == len(found) and all(value >= FULL for value in known)
    return met, met and any(value > FULL for value in known)


def _under(row: Row) -> bool:
    """Whether a target is known not to be met."""
    values = [line.value.compared for line in row.lines if line.item.lens == Lens.COMPLETION]
    return any(value is not None and value < FULL for value in values)


def _mark(scheme: Scheme, row: Row, place: int, last: int, *, excused: bool) -> tuple[Mark, bool]:
    """On which list an area stands, and whether the guard kept it off the black one."""
    met, over = completion(row)
    guarded = scheme.lists == Lists.GUARDED
    if guarded:
        red, at_end = over and place <= scheme.listed, last <= scheme.listed < place
    else:
        compared = [line for line in row.lines if line.place is not None and line.item.points]
        firsts = sum(line.place == 1 and line.last != 1 for line in compared)
        lasts = sum(line.last == 1 and line.place != 1 for line in compared)
        red, at_end = firsts >= scheme.listed and firsts >= lasts, lasts >= scheme.listed
    if red:
        return Mark.RED, False
    spared = at_end and scheme.fair and (met or excused)
    black = at_end and not spared and (not guarded or not scheme.fair or _under(row))
    return (Mark.BLACK if black else Mark.NONE), spared


def _bonus(scheme: Scheme, row: Row, place: int | None) -> Decimal:
    """The bonus of a place, where the area has what it needs."""
    if place is None or place > len(scheme.bonus):
        return Decimal(0)
    values = {line.item.key: line.value.compared for line in row.lines}
    for key, least in scheme.bonus_needs:
        value = values.get(key)
        if value is None or value < least:
            return Decimal(0)
    return scheme.bonus[place - 1]


def _lens_places(
    scheme: Scheme, rows: Mapping[Entrant, Row]
) -> dict[Entrant, tuple[tuple[Lens, int | None], ...]]:
    """The place of each area in each lens of the scheme: of one item its own place, of several by the mean of their places."""
    found = defaultdict[Entrant, list[tuple[Lens, int | None]]](list)
    for lens in dict.fromkeys(item.lens for item in scheme.items):
        means = dict[Entrant, Decimal]()
        for entrant, row in rows.items():
            of = [line.place for line in row.lines if line.item.lens == lens and line.place is not None]
            if of:
                means[entrant] = Decimal(sum(of)) / len(of)
        place = places(means, tie=scheme.tie, less=True)
        for entrant in rows:
            found[entrant].append((lens, place.get(entrant)))
    return {entrant: tuple(lenses) for entrant, lenses in found.items()}


def notes_of(row: Row) -> tuple[Note, ...]:
    """What a reader should know of an area's values, each once."""
    return tuple(dict.fromkeys(note for line in row.lines for note in line.value.notes))
