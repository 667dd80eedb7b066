"""What an assignment is at a moment, as its events left it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from gongjian.engines.clock.checkpoints import CheckpointDue, RuleData, next_of
from gongjian.engines.clock.lights import light
from gongjian.engines.clock.states import Light, State, Step
from gongjian.engines.clock.supporting_units import SupportDue


@dataclass(frozen=True)
class Hold:
    """A period on hold: its first day, its end (None while it lasts) and the reason."""

    since: date
    reason: str
    until: date | None = None
    working_days: int = 0
    unsigned: bool = False  # held before the unit had signed


@dataclass(frozen=True)
class GrantedExtension:
    """An extension that was granted: until when and by whom."""

    until: date
    by: str


@dataclass(frozen=True)
class StepTaken:
    """A step of the ladder and the cycle in which it was taken."""

    cycle: str
    step: Step


@dataclass(frozen=True)
class Snapshot:
    """The state of an assignment after its events.

    `sign_due_on` and `signed_on`: by when the unit now responsible had to sign (None: no limit) and when it did;
    `proxies`: the verbs the office made for it, in order (代办动作); `lacks`: what rates need and an older ledger did not say.
    """

    state: State
    unit: int
    person: int
    regime_name: str
    grade_name: str
    rule: tuple[RuleData, ...]
    start: datetime
    dispatched_at: datetime
    checkpoints: tuple[CheckpointDue, ...]
    provisional: bool = False
    round: int = 1
    resolved_on: date | None = None
    outcome: str = ""
    closed_on: date | None = None
    extension_until: date | None = None
    granted: tuple[GrantedExtension, ...] = ()
    holds: tuple[Hold, ...] = ()
    objections: int = 0
    objection_final: bool = False
    dispatches: int = 1
    supports: tuple[SupportDue, ...] = ()
    steps_taken: tuple[StepTaken, ...] = ()
    signed_on: date | None = None
    sign_due_on: date | None = None
    proxies: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def cycle(self) -> str:
        """The key of the current cycle of the ladder (see `ladder.py`): round, unit, checkpoint, promise."""
        owed = self.next
        return f"{self.round}.{self.dispatches}.{owed.key}.{owed.nth}.{len(self.granted)}"

    @property
    def climbed(self) -> tuple[Step, ...]:
        """The steps taken in the current cycle, in order."""
        return tuple(taken.step for taken in self.steps_taken if taken.cycle == self.cycle)

    @property
    def due_on(self) -> date:
        """The time limit of the whole matter."""
        return self.checkpoints[-1].due_on

    @property
    def next(self) -> CheckpointDue:
        """The checkpoint owed next."""
        return next_of(self.checkpoints)

    def light_on(self, day: date) -> Light:
        """The light the assignment shows on a day."""
        owed = self.next
        return light(
            state=self.state,
            warn_on=owed.warn_on,
            due_on=owed.due_on,
            grave_on=owed.grave_on,
            resolved_on=self.resolved_on,
            today=day,
        )
