"""The whole life of an assignment on one screen: states, lights, steps, units of time, and the tables of moves. Pure.

Labels stand above, in `gongjian/assignments/states.py`, on members with the same names and values.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The state of an assignment (状态)."""

    ASSIGNED = "ASSIGNED"
    OBJECTED = "OBJECTED"
    IN_PROGRESS = "IN_PROGRESS"
    ON_HOLD = "ON_HOLD"
    RESOLVED = "RESOLVED"
    CHECKED = "CHECKED"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"


OPEN = (State.ASSIGNED, State.OBJECTED, State.IN_PROGRESS, State.ON_HOLD, State.RESOLVED, State.CHECKED)
RUNNING = (State.ASSIGNED, State.OBJECTED, State.IN_PROGRESS)  # the clock runs
WAITING = (State.RESOLVED, State.CHECKED)  # the clock stopped on the day of resolving
ENDED = (State.CLOSED, State.WITHDRAWN)
CLIMBING = (State.ASSIGNED, State.IN_PROGRESS)  # an objection waits for the office, a hold for somebody above


class SupportState(StrEnum):
    """The state of a supporting unit's part (协办状态)."""

    ASSIGNED = "ASSIGNED"
    IN_PROGRESS = "IN_PROGRESS"
    REPLIED = "REPLIED"


class Light(StrEnum):
    """What a reader sees first (灯). Computed on read, never stored."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"
    DARK_RED = "DARK_RED"
    GREY = "GREY"
    DONE = "DONE"


class Outcome(StrEnum):
    """How a matter ended (办理结果)."""

    SOLVED = "SOLVED"
    EXPLAINED = "EXPLAINED"
    DEFERRED = "DEFERRED"


class Step(StrEnum):
    """Steps of the ladder (升级环节), in order."""

    REMINDER = "REMINDER"
    SUPERVISION = "SUPERVISION"
    INTERVIEW = "INTERVIEW"


class Span(StrEnum):
    """How a checkpoint's time is counted (计时单位)."""

    SAME_DAY = "SAME_DAY"
    HOURS = "HOURS"
    CLOCK_HOURS = "CLOCK_HOURS"
    WORKING_DAYS = "WORKING_DAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    MONTHS = "MONTHS"
    MONTH_DAY = "MONTH_DAY"
    YEAR_DAY = "YEAR_DAY"
    DATE = "DATE"


class MetBy(StrEnum):
    """Which move meets a checkpoint (完成标志)."""

    ACCEPT = "accept"
    REPORT = "report"
    RESOLVE = "resolve"


class Party(StrEnum):
    """Who may make a move (操作方)."""

    OFFICE = "OFFICE"
    LEADER = "LEADER"
    HANDLER = "HANDLER"
    SUPPORTER = "SUPPORTER"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True)
class Move:
    """One row of the table of moves: verb, states before, state after (None: unchanged), and by whom."""

    verb: str
    sources: tuple[State, ...]
    to: State | None
    parties: tuple[Party, ...]


OFFICE = (Party.OFFICE,)
# The office may act for a unit that works on paper, with a reason the event keeps (代办); above, it is barred where the
# unit has an account and the regime does not allow it.
HANDLER = (Party.HANDLER, Party.OFFICE)
SUPPORTER = (Party.SUPPORTER, Party.OFFICE)
OFFICE_OR_LEADER = (Party.OFFICE, Party.LEADER)
OFFICE_OR_SYSTEM = (Party.OFFICE, Party.SYSTEM)

MOVES = (
    Move("accept", (State.ASSIGNED,), State.IN_PROGRESS, HANDLER),
    Move("object_to", (State.ASSIGNED,), State.OBJECTED, HANDLER),
    Move("overrule", (State.OBJECTED,), State.ASSIGNED, OFFICE),
    Move("reassign", (State.ASSIGNED, State.OBJECTED, State.IN_PROGRESS), State.ASSIGNED, OFFICE),
    Move("take_over", OPEN, None, OFFICE),
    Move("change_person", OPEN, None, HANDLER),
    Move("report", (State.IN_PROGRESS,), None, HANDLER),
    Move("ask_extension", (State.IN_PROGRESS,), None, HANDLER),
    Move("grant_extension", (State.IN_PROGRESS,), None, OFFICE_OR_LEADER),
    Move("refuse_extension", (State.IN_PROGRESS,), None, OFFICE_OR_LEADER),
    Move("hold", (State.ASSIGNED, State.IN_PROGRESS), State.ON_HOLD, OFFICE),
    Move("resume", (State.ON_HOLD,), State.IN_PROGRESS, OFFICE),  # to ASSIGNED if it was held unsigned
    Move("resolve", (State.IN_PROGRESS,), State.RESOLVED, HANDLER),
    Move("pass_check", (State.RESOLVED,), State.CHECKED, OFFICE),
    Move("return_", (State.RESOLVED,), State.IN_PROGRESS, OFFICE),
    Move("close", (State.CHECKED,), State.CLOSED, OFFICE),
    Move("reopen", (State.RESOLVED, State.CHECKED, State.CLOSED), State.IN_PROGRESS, OFFICE_OR_SYSTEM),
    Move("withdraw", (State.ASSIGNED,), State.WITHDRAWN, OFFICE),
    Move("remind", RUNNING, None, OFFICE_OR_LEADER),
    Move("escalate", CLIMBING, None, (Party.SYSTEM,)),
    Move("recompute_due", OPEN, None, OFFICE_OR_SYSTEM),
)


@dataclass(frozen=True)
class SupportMove:
    """One row of the table of moves of supporting units: verb, states it starts from, and by whom."""

    verb: str
    sources: tuple[SupportState, ...]
    parties: tuple[Party, ...]


SUPPORT_MOVES = (
    SupportMove("accept_support", (SupportState.ASSIGNED,), SUPPORTER),
    SupportMove("reply_support", (SupportState.ASSIGNED, SupportState.IN_PROGRESS), SUPPORTER),
    SupportMove("return_support", (SupportState.REPLIED,), HANDLER),
    SupportMove("release_support", tuple(SupportState), OFFICE),
)
