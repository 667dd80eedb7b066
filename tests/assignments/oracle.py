"""The life of an assignment told a second time, naively: day by day, with another library's calendar.

Nothing here comes from `gongjian.assignments.clock` or `replay`.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar

DAY = timedelta(days=1)


def works(day: date) -> bool:
    """Whether a day is worked; weekdays where the other library knows no year."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def forward(day: date, n: int) -> date:
    """So many working days later, step by step."""
    while n:
        day += DAY
        n -= works(day)
    return day


def count(start: date, end: date) -> int:
    """Working days after `start` up to `end`."""
    total = 0
    while start < end:
        start += DAY
        total += works(start)
    return total


@dataclass
class Owed:
    """One checkpoint: how it is counted, moved and met."""

    met_by: str
    rule: tuple[str, int]
    fixed: date | None = None
    shift: int = 0
    met: bool = False
    due: date = date.min

    def place(self, start: date) -> None:
        """Where it falls."""
        span, amount = self.rule
        due = self.fixed or (forward(start, amount) if span == "WORKING_DAYS" else start + amount * DAY)
        self.due = forward(due, self.shift)


@dataclass
class Life:
    """State, checkpoints and stopped clock, as a careful clerk would keep them on paper."""

    start: date
    owed: list[Owed]
    state: str = "ASSIGNED"
    resolved: date | None = None
    held: date | None = None
    round: int = 1
    asked: date | None = None
    dispatches: int = 1
    rules: list[tuple[str, tuple[str, int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rules = [(one.met_by, one.rule) for one in self.owed]
        for one in self.owed:
            one.place(self.start)

    @property
    def next(self) -> Owed:
        """The earliest that is not met."""
        open_ones = [one for one in self.owed if not one.met]
        return min(open_ones, key=lambda one: one.due) if open_ones else self.owed[-1]

    def light(self, today: date) -> str:
        """Counted out day by day."""
        if self.state in {"CLOSED", "WITHDRAWN"}:
            return "DONE"
        if self.state == "ON_HOLD":
            return "GREY"
        on = self.resolved if self.state in {"RESOLVED", "CHECKED"} else today
        due = self.next.due
        if on > due:
            return "DARK_RED" if count(due, on) > 7 else "RED"
        whole, used = count(self.start, due), count(self.start, on)
        if on < self.start:
            return "GREEN"
        return "YELLOW" if count(on, due) <= 2 or 10 * used >= 7 * whole else "GREEN"

    def meet(self, kind: str, *, every: bool) -> None:
        """Tick what this meets."""
        for one in self.owed:
            if one.met_by == kind and not one.met:
                one.met = True
                if not every:
                    return

    def resume(self, today: date) -> None:
        """Open checkpoints move by the working days on hold."""
        rest = max(0, count(self.held, today))
        for one in self.owed:
            if not one.met:
                one.shift += rest
                one.place(self.start)
        self.state, self.held = "IN_PROGRESS", None
        self.meet("accept", every=True)

    def extend(self) -> None:
        """The last checkpoint gets the day asked for."""
        self.owed[-1].fixed, self.owed[-1].shift = self.asked, 0
        self.owed[-1].place(self.start)
        self.asked = None

    def reopen(self, today: date) -> None:
        """A new round by the same rule; signed for long ago."""
        self.start, self.round, self.resolved, self.asked = today, self.round + 1, None, None
        self.owed = [Owed(met_by, rule) for met_by, rule in self.rules]
        for one in self.owed:
            one.place(today)
        self.meet("accept", every=True)
        self.state = "IN_PROGRESS"
