"""The rule of lights (灯), once, as two tables; evaluated here for one matter and turned into SQL from the same tables above.

A matter that has ended is done, one on hold is grey, whatever the day. Else three days of the checkpoint owed next are
compared with a day: with today while the matter runs, with the day of resolving once the clock has stopped.
A checkpoint is yellow from the first day on which 70 % of its working days are used or at most two are left, but on its
first day only when it is due that day; red from the day after it is due, dark red from the first day more than seven
working days after it is due.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongjian.engines.clock.states import ENDED, WAITING, Light, State
from gongjian.engines.workdays.calendar import Calendar

USED_TENTHS = 7
FEW_LEFT = 2
GRAVE_AFTER = 7

DayName = Literal["warn_on", "due_on", "grave_on"]


@dataclass(frozen=True)
class LightByState:
    """The light that a matter in any of these states shows, whatever the day."""

    light: Light
    states: tuple[State, ...]


@dataclass(frozen=True)
class LightByDay:
    """The light shown from one of a checkpoint's three days on, or from the day after if `from_next_day`."""

    light: Light
    day: DayName
    from_next_day: bool = False

    def shows(self, comparing: date, day: date) -> bool:
        """Whether a checkpoint with this `day` shows the light when it is compared with the day `comparing`."""
        return comparing > day if self.from_next_day else comparing >= day


LIGHTS_BY_STATE = (LightByState(Light.DONE, ENDED), LightByState(Light.GREY, (State.ON_HOLD,)))
DARK_RED = LightByDay(Light.DARK_RED, "grave_on")
RED = LightByDay(Light.RED, "due_on", from_next_day=True)
YELLOW = LightByDay(Light.YELLOW, "warn_on")
LIGHTS_BY_DAY = (DARK_RED, RED, YELLOW)  # the gravest first: the first that shows is the light
LIGHT_OTHERWISE = Light.GREEN
STOPPED = WAITING  # compared with the day of resolving instead of today


def light(
    *, state: State, warn_on: date, due_on: date, grave_on: date, resolved_on: date | None, today: date
) -> Light:
    """The light of one matter on a day."""
    for by_state in LIGHTS_BY_STATE:
        if state in by_state.states:
            return by_state.light
    comparing = resolved_on if state in STOPPED and resolved_on else today
    days: dict[DayName, date] = {"warn_on": warn_on, "due_on": due_on, "grave_on": grave_on}
    for by_day in LIGHTS_BY_DAY:
        if by_day.shows(comparing, days[by_day.day]):
            return by_day.light
    return LIGHT_OTHERWISE


def warning_days(start: date, due: date, calendar: Calendar) -> tuple[date, date]:
    """The day a checkpoint turns yellow and the day it turns dark red."""
    total = calendar.working_days_between(start, due)
    last = due if calendar.is_working(due) else calendar.add(due, -1)
    few = calendar.add(last, -FEW_LEFT)
    used = calendar.add(start, -(-USED_TENTHS * total // 10))
    after_first = calendar.add(start, 1)
    return min(due, max(after_first, min(few, used))), calendar.add(due, GRAVE_AFTER + 1)
