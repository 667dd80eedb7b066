"""The agenda of the invented city: things to happen, in order of time."""

import heapq
import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from gongjian.audit import Refused
from gongjian.engines.workdays.calendar import Calendar

Step = Callable[[datetime], object]


class Agenda:
    """Steps in order of time; what lies after "now" is left undone, which is what makes the ledger alive."""

    def __init__(self, *, until: datetime, dice: Random, calendar: Calendar) -> None:
        self._until = until
        self._dice = dice
        self._calendar = calendar
        self._heap: list[tuple[datetime, int, Step]] = []
        self._count = itertools.count()

    def put(self, at: datetime, step: Step) -> None:
        """Plan one step; what lies in the future never happens."""
        if at <= self._until:
            heapq.heappush(self._heap, (at, next(self._count), step))

    def after(self, at: datetime, days: float, step: Step) -> None:
        """Plan one step some days later, in office hours; less than a day means later the same day."""
        if days < 1:
            self.put(at + timedelta(minutes=self._dice.randrange(3, 240)), step)
        else:
            self.put(self.office_hour(at + timedelta(days=days)), step)

    def office_hour(self, moment: datetime) -> datetime:
        """A moment in office hours on this day or the next working day."""
        day = self._calendar.add(moment.astimezone(self._until.tzinfo).date(), 0)
        hour, minute, second = (self._dice.randrange(*r) for r in ((9, 17), (0, 60), (0, 60)))
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=self._until.tzinfo)

    def run(self) -> Iterator[datetime]:
        """Do everything in order."""
        while self._heap:
            at, _n, step = heapq.heappop(self._heap)
            try:
                step(at)
            except Refused:
                continue  # life is like that: somebody was quicker, or the rule says no
            yield at
