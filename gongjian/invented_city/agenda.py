"""The agenda of the invented city: steps that are carried out in order of time."""

import heapq
import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from gongjian.audit import Refused
from gongjian.engines.workdays.calendar import Calendar

AgendaStep = Callable[[datetime], object]


class Agenda:
    """Carries out steps in order of time; those after `until` never happen, so that many matters are still open."""

    def __init__(self, *, until: datetime, dice: Random, calendar: Calendar) -> None:
        self._until = until
        self._dice = dice
        self._calendar = calendar
        self._heap: list[tuple[datetime, int, AgendaStep]] = []
        self._count = itertools.count()

    def put(self, at: datetime, step: AgendaStep) -> None:
        """Plan one step, unless it lies after `until`."""
        if at <= self._until:
            heapq.heappush(self._heap, (at, next(self._count), step))

    def after(self, at: datetime, days: float, step: AgendaStep) -> None:
        """Plan one step some days later in office hours; for less than a day, later on the same day."""
        if days < 1:
            self.put(at + timedelta(minutes=self._dice.randrange(3, 240)), step)
        else:
            self.put(self.office_hour(at + timedelta(days=days)), step)

    def office_hour(self, moment: datetime) -> datetime:
        """A moment in office hours on the same day, or on the next working day."""
        day = self._calendar.add(moment.astimezone(self._until.tzinfo).date(), 0)
        hour, minute, second = (self._dice.randrange(*r) for r in ((9, 17), (0, 60), (0, 60)))
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=self._until.tzinfo)

    def run(self) -> Iterator[datetime]:
        """Carry out all steps in order, yielding the time of each; steps that are refused are skipped."""
        while self._heap:
            at, _n, step = heapq.heappop(self._heap)
            try:
                step(at)
            except Refused:
                continue  # as in real life: somebody was quicker, or a rule does not allow it
            yield at
