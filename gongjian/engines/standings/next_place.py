"""How far an area is from the next place, and the cheapest way there (还差多少进一位).

The others stay as they are; the area raises some of its values. Overtaking in an item gives it points and takes points from whom it
passes. A raise costs what it takes in usual months of the area's own progress, times the effort of the item. The search is exact:
values that change nothing are left out, then every combination that could be cheaper than the best one found is tried.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongjian.engines.standings.places import places
from gongjian.engines.standings.readings import Entrant, Reading, Readings, rounded
from gongjian.engines.standings.schemes import Item, Method, Scheme, Tie
from gongjian.engines.standings.scoring import Row, Standings, points_of

MOST_TRIED = 20_000  # combinations; what is found by then is told as the best known
ZERO = Decimal(0)


@dataclass(frozen=True)
class Move:
    """One item raised: from which compared value to which, by what amount, at what cost in usual months, passing whom."""

    item: Item
    value: Decimal
    wanted: Decimal
    amount: Decimal
    cost: Decimal
    passes: tuple[Entrant, ...]


@dataclass(frozen=True)
class Way:
    """The cheapest way to a better place: all moves together. `exact` is False where the search was cut short."""

    entrant: Entrant
    place: int
    to: int
    cost: Decimal
    moves: tuple[Move, ...]
    exact: bool
    points: Decimal  # how many the area lacks to whom it must reach, as things stand


@dataclass(frozen=True)
class _Option:
    """A raise of one item: its cost, the area's gain in points, and what each rival loses or gains by it."""

    cost: Decimal
    gain: Decimal
    rivals: tuple[Decimal, ...]
    move: Move | None


@dataclass(frozen=True)
class _Linear:
    """An item whose points rise evenly: cost and value per point, points left to gain."""

    item: Item
    value: Decimal
    slope: Decimal
    per_point: Decimal
    cost: Decimal
    most: Decimal


@dataclass(frozen=True)
class _Point:
    """Where the area and its rivals stand after some moves."""

    cost: Decimal
    own: Decimal
    totals: tuple[Decimal, ...]
    moves: tuple[Move, ...] = ()

    def after(self, option: _Option) -> "_Point":
        """The point one raise further."""
        moves = (*self.moves, option.move) if option.move else self.moves
        return _Point(
            self.cost + option.cost, self.own + option.gain, _plus(self.totals, option.rivals), moves
        )


def way_up(
    standings: Standings, readings: Readings, entrant: Entrant, *, alone: Item | None = None
) -> Way | None:
    """The cheapest way of an area to a better place of its group; None for the first, and where there is no way or no place.

    `alone`: by this item and no other. While ties keep the next place, the way is told as the best known, not as exact.
    """
    row = standings.row(entrant)
    if row.place is None or row.place == 1:
        return None
    group = [one for one in standings.group(row.group) if one.place is not None]
    search = _Search(standings.scheme, row, [one for one in group if one.entrant != entrant])
    for item in (alone,) if alone else standings.scheme.items:
        reading = readings[entrant].get(item.key)
        if reading is not None:
            search.add(item, reading)
    return search.best()


class _Search:
    """The search for one area."""

    def __init__(self, scheme: Scheme, row: Row, rivals: Sequence[Row]) -> None:
        self.scheme, self.row, self.rivals = scheme, row, rivals
        self.keeps = scheme.tie == Tie.KEEP
        self.own = _raw(row)
        self.totals = tuple(_raw(rival) for rival in rivals)
        self.tried = 0
        self.found: _Point | None = None
        self.steps: list[list[_Option]] = []
        self.linear: list[_Linear] = []

    def add(self, item: Item, reading: Reading) -> None:
        """Let an item be raised, if it gives points and the area is compared in it."""
        line = self.row.line(item)
        if line.points is None or not item.points or not line.value.slope:
            return
        price = item.effort / (line.value.slope * (reading.step or Decimal(1)))
        if item.method == Method.PROPORTION:
            self._add_linear(item, line.value.compared or ZERO, line.value.slope, price)
        elif options := self._options(item, price):
            self.steps.append(options)

    def _add_linear(self, item: Item, value: Decimal, slope: Decimal, price: Decimal) -> None:
        per_point = item.wanted / item.points
        left = item.points - points_of(self.scheme, item, value, 1)
        below = min(value, ZERO)  # below nothing there are no points to lose
        if left > 0 and below == 0:
            per_own = per_point / self.row.factor
            self.linear.append(_Linear(item, value, slope, per_own, per_own * price, left * self.row.factor))

    def _options(self, item: Item, price: Decimal) -> list[_Option]:
        """Raises of one item that change points, the cheapest first; none that costs more without doing more."""
        values = {self.row.entrant: self.row.line(item).value.compared or ZERO}
        for rival in self.rivals:
            line = rival.line(item)
            if line.place is not None and line.value.compared is not None:
                values[rival.entrant] = line.value.compared
        own = values[self.row.entrant]
        sign = -1 if item.less else 1
        before = self._points(item, values)
        options = list[_Option]()
        for wanted in _targets(item, own, values.values()):
            after = self._points(item, values | {self.row.entrant: wanted})
            change = {entrant: after[entrant] - before[entrant] for entrant in values}
            rivals = tuple(change.get(rival.entrant, ZERO) * rival.factor for rival in self.rivals)
            gain = change[self.row.entrant] * self.row.factor
            if not self._does_more(options, gain, rivals):
                continue
            rise = (wanted - own) * sign
            slope = self.row.line(item).value.slope
            passed = tuple(
                entrant for entrant, value in values.items() if own * sign < value * sign < wanted * sign
            )
            move = Move(item, own, wanted, rise / slope, rise * price, passed)
            options.append(_Option(rise * price, gain, rivals, move))
        return options

    def _points(self, item: Item, values: Mapping[Entrant, Decimal]) -> dict[Entrant, Decimal]:
        place = places(values, tie=self.scheme.tie, less=item.less)
        return {e: points_of(self.scheme, item, value, place[e]) for e, value in values.items()}

    @staticmethod
    def _does_more(options: Sequence[_Option], gain: Decimal, rivals: Sequence[Decimal]) -> bool:
        """Whether a dearer raise does more than the one before it, against any rival."""
        before = options[-1] if options else _Option(ZERO, ZERO, (ZERO,) * len(rivals), None)
        gains = zip(rivals, before.rivals, strict=True)
        return any(gain - loss > before.gain - was for loss, was in gains)

    def best(self) -> Way | None:
        """Try the combinations; the cheapest way, or None."""
        self.linear.sort(key=lambda one: one.cost)
        self.steps.sort(key=lambda options: -max(option.gain for option in options))
        self._try(0, _Point(ZERO, self.own, self.totals))
        if self.found is None:
            return None
        found, lacking = self.found, self._needed(self.totals) - self.own
        exact = self.tried <= MOST_TRIED and not self.keeps
        reached = self._place(found)
        return Way(self.row.entrant, self.row.place or 0, reached, found.cost, found.moves, exact, lacking)

    def _place(self, point: _Point) -> int:
        own = self._round(point.own)
        above = [level for total in point.totals if (level := self._round(total)) > own]
        return 1 + len(set(above) if self.keeps else above)

    def _round(self, total: Decimal) -> Decimal:
        return rounded(total, self.scheme.digits)

    def _needed(self, totals: Sequence[Decimal]) -> Decimal:
        """The total from which the area stands better, were the rivals at these totals."""
        place = self.row.place or 0
        order = [self._round(total) for total in totals]
        levels = sorted(set(order) if self.keeps else order, reverse=True)
        return levels[place - 2] if len(levels) >= place - 1 else Decimal("-Infinity")

    def _try(self, at: int, point: _Point) -> None:
        """Try every raise of the items from `at` on, each and none."""
        self.tried += 1
        if self.tried > MOST_TRIED:
            return
        self._with_linear(point)
        if at == len(self.steps) or self._hopeless(at, point):
            return
        for option in self.steps[at]:
            if self.found is not None and point.cost + option.cost >= self.found.cost:
                break
            self._try(at + 1, point.after(option))
        self._try(at + 1, point)

    def _with_linear(self, point: _Point) -> None:
        """Fill what is lacking from the items whose points rise evenly, the cheapest first; keep it if it is cheaper."""
        needed, moves = self._needed(point.totals), list(point.moves)
        lacking = ZERO if self._round(point.own) >= needed else needed - point.own
        cost, own = point.cost, point.own
        for one in self.linear:
            if lacking <= 0:
                break
            taken = min(lacking, one.most)
            rise = taken * one.per_point
            moves.append(Move(one.item, one.value, one.value + rise, rise / one.slope, taken * one.cost, ()))
            cost, own, lacking = cost + taken * one.cost, own + taken, lacking - taken
        if lacking <= 0 and (self.found is None or cost < self.found.cost):
            self.found = _Point(cost, own, point.totals, tuple(moves))

    def _hopeless(self, at: int, point: _Point) -> bool:
        """Whether no combination of the items left can do it for less than what was found."""
        budget = None if self.found is None else self.found.cost - point.cost
        most = sum((one.most for one in self.linear), ZERO)
        best = [point.own + most - total for total in point.totals]
        for options in self.steps[at:]:
            within = [option for option in options if budget is None or option.cost < budget]
            for number in range(len(best)):
                best[number] += max((o.gain - o.rivals[number] for o in within), default=ZERO)
        unit = Decimal(1).scaleb(-self.scheme.digits)
        above = sum(lead < -unit for lead in best)
        return not self.keeps and above > (self.row.place or 0) - 2


def _raw(row: Row) -> Decimal:
    return sum((line.points for line in row.lines if line.points is not None), ZERO) * row.factor


def _plus(totals: Sequence[Decimal], changes: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(total + change for total, change in zip(totals, changes, strict=True))


def _targets(item: Item, own: Decimal, values: Iterable[Decimal]) -> list[Decimal]:
    """The values worth reaching in an item, the nearest first: equal to a rival, just past it, and what the item asks for."""
    sign = -1 if item.less else 1
    unit = Decimal(1).scaleb(-item.digits) * sign
    wanted = set[Decimal]()
    if item.method == Method.LADDER:
        for value in values:
            wanted |= {value, value + unit}
    if item.method == Method.TARGET or item.reach is not None:
        wanted.add(item.wanted)
    return sorted((v for v in wanted if v * sign > own * sign), key=lambda value: value * sign)
