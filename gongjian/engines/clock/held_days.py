"""Working days spent on hold, counted anew when a calendar is announced; and with them what holds have moved. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from gongjian.engines.clock.checkpoints import CheckpointDue
from gongjian.engines.clock.snapshot import Hold
from gongjian.engines.clock.supporting_units import SupportDue
from gongjian.engines.workdays.calendar import Calendar

Moved = TypeVar("Moved", CheckpointDue, SupportDue)


def held_by_new_calendar(holds: Sequence[Hold], calendar: Calendar) -> tuple[int, ...]:
    """The working days of each hold by the calendar now known; a hold that lasts keeps what it has."""
    return tuple(
        hold.working_days
        if hold.until is None
        else max(0, calendar.working_days_between(hold.since, hold.until))
        for hold in holds
    )


def shift_by_new_calendar(moved: Moved, holds: Sequence[Hold], held: Sequence[int]) -> Moved:
    """The checkpoint or support with the days of the holds that moved it replaced by the days now counted.

    Those are the latest holds: an extension, a new answer and a new round begin again at none.
    """
    left, shift = moved.shift, 0
    for hold, days in zip(reversed(holds), reversed(held), strict=True):
        if not left and (hold.working_days or _begins_later(moved, hold)):
            break
        left -= hold.working_days
        shift += days
    return moved if left else replace(moved, shift=shift)


def _begins_later(moved: CheckpointDue | SupportDue, hold: Hold) -> bool:
    """Whether a hold without a working day was before the extension, or before the unit was asked."""
    return moved.fixed is not None if isinstance(moved, CheckpointDue) else moved.start > hold.since
