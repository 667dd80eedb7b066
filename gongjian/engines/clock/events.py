"""The events of an assignment (事件), one typed class for each kind, as written and as read by `fold`. Pure.

An event is stored in the audit chain under its `NAME` as `as_data()`; `read_event` is the way back. Keys never change
their meaning: sentences are filled from them and digests are taken over them. Data of version 0 has no key `version` and
the same keys otherwise; what it did not yet know takes the default of its field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongjian.engines.clock import event_data, first_events
from gongjian.engines.clock.dues import Dues, RuleUsed
from gongjian.engines.clock.event_data import Data
from gongjian.engines.clock.states import Outcome, Step
from gongjian.engines.clock.supporting_units import SupportDue

VERSION = event_data.VERSION
Event = event_data.Event
UnitMove = event_data.UnitMove
Happened = event_data.Happened
HandedOver = first_events.HandedOver
Imported = first_events.Imported


@dataclass(frozen=True, kw_only=True)
class Accepted(UnitMove):
    """The unit signed for the matter (签收)."""

    NAME = "assignment.accepted"
    VERB = "accept"
    unit: str


@dataclass(frozen=True, kw_only=True)
class Objected(UnitMove):
    """The unit objected that the matter is not its responsibility (异议退回)."""

    NAME = "assignment.objected"
    VERB = "object_to"
    unit: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Overruled(Event):
    """The unit's objection was overruled (异议不成立)."""

    NAME = "assignment.overruled"
    reason: str


@dataclass(frozen=True, kw_only=True)
class Reassigned(Event):
    """The matter was reassigned to another unit (改派); `dues` and `supports` are given only if they change."""

    NAME = "assignment.reassigned"
    unit: str
    unit_id: int
    person: str
    person_id: int
    reason: str
    dues: Dues | None = None
    supports: tuple[SupportDue, ...] | None = None
    person_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class TakenOver(Reassigned):
    """Another unit took the matter over as it stood (承接), since the old one ended or merged."""

    NAME = "assignment.taken_over"


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """Another person became responsible, while the unit stayed (更换责任人)."""

    NAME = "assignment.person_changed"
    before: str
    person: str
    person_id: int
    reason: str
    person_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    """The hand-over was withdrawn before the unit signed for it (撤回交办)."""

    NAME = "assignment.withdrawn"
    reason: str


@dataclass(frozen=True, kw_only=True)
class Reported(UnitMove):
    """The unit reported progress (反馈进展); `dues` is given when a repeating checkpoint opens again."""

    NAME = "assignment.reported"
    VERB = "report"
    text: str
    dues: Dues | None = None


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(UnitMove):
    """The unit asked for more time (申请延期)."""

    NAME = "assignment.extension_asked"
    VERB = "ask_extension"
    until: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(Event):
    """The extension was granted (批准延期)."""

    NAME = "assignment.extension_granted"
    until: date
    dues: Dues


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(Event):
    """The extension was refused (不予延期)."""

    NAME = "assignment.extension_refused"
    reason: str


@dataclass(frozen=True, kw_only=True)
class Held(Event):
    """The matter was put on hold (挂账)."""

    NAME = "assignment.held"
    reason: str


@dataclass(frozen=True, kw_only=True)
class Resumed(Event):
    """The matter was resumed (恢复办理) after a number of working days on hold.

    `to_sign`: it was held before the unit had signed, so it waits for the signature again; absent from older events.
    """

    NAME = "assignment.resumed"
    working_days: int
    dues: Dues
    supports: tuple[SupportDue, ...] | None = None
    to_sign: bool = False


@dataclass(frozen=True, kw_only=True)
class Reminded(Event):
    """The office or a leader sent the unit a reminder (催办)."""

    NAME = "assignment.reminded"
    text: str


@dataclass(frozen=True, kw_only=True)
class ReminderWithdrawn(Event):
    """A reminder was withdrawn (撤回催办); `reminder` is the number of the reminder's event."""

    NAME = "assignment.reminder_withdrawn"
    reason: str
    reminder: int


@dataclass(frozen=True, kw_only=True)
class Instructed(Event):
    """A leader gave an instruction (批示); `instruction` is the number of the assignment it created."""

    NAME = "assignment.instructed"
    leader: str
    text: str
    unit: str
    person: str
    due: date
    instruction: int
    number: str


@dataclass(frozen=True, kw_only=True)
class Escalated(Event):
    """A step of the ladder was taken (升级)."""

    NAME = "assignment.escalated"
    step: Step
    step_word: str
    cycle: str
    since: date
    next: str
    due: date
    late: int
    unit: str
    to: str
    person_id: int | None


@dataclass(frozen=True, kw_only=True)
class DueRecomputed(Event):
    """Open dues were recounted by a new calendar (重算时限); `holds`: the days of each hold, given if they change."""

    NAME = "assignment.due_recomputed"
    before: date
    dues: Dues
    supports: tuple[SupportDue, ...] | None = None
    holds: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Resolved(UnitMove):
    """The unit reported the matter as resolved (办结)."""

    NAME = "assignment.resolved"
    VERB = "resolve"
    outcome: Outcome
    outcome_word: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CheckPassed(Event):
    """The matter passed the office's check (核查通过); holds the four questions with their answers."""

    NAME = "assignment.check_passed"
    note: str
    answers: Mapping[str, str] = field(default_factory=dict)
    answered: str = ""


@dataclass(frozen=True, kw_only=True)
class Returned(Event):
    """The office checked the result and returned it to the unit (核查退回)."""

    NAME = "assignment.returned"
    reason: str


@dataclass(frozen=True, kw_only=True)
class Closed(Event):
    """The matter was closed (销号)."""

    NAME = "assignment.closed"


@dataclass(frozen=True, kw_only=True)
class Reopened(Event):
    """A new round was opened (重新交办); `rule_used` is given if it runs under another rule than before."""

    NAME = "assignment.reopened"
    reason: str
    dues: Dues
    supports: tuple[SupportDue, ...] | None = None
    rule_used: RuleUsed | None = None


@dataclass(frozen=True, kw_only=True)
class SupportAccepted(UnitMove):
    """A supporting unit signed (协办签收)."""

    NAME = "assignment.support_accepted"
    VERB = "accept_support"
    unit: str
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class SupportReplied(UnitMove):
    """A supporting unit gave its answer (答复牵头单位)."""

    NAME = "assignment.support_replied"
    VERB = "reply_support"
    unit: str
    unit_id: int
    text: str


@dataclass(frozen=True, kw_only=True)
class SupportsChanged(Event):
    """Base class of events on a supporting unit; `until` is its due day (ISO), empty once it is released."""

    unit: str
    unit_id: int
    until: str
    supports: tuple[SupportDue, ...]


@dataclass(frozen=True, kw_only=True)
class SupportReturned(SupportsChanged):
    """A supporting unit's answer was sent back (退回协办意见)."""

    NAME = "assignment.support_returned"
    reason: str
    proxy: str | None = None


@dataclass(frozen=True, kw_only=True)
class SupportAdded(SupportsChanged):
    """Another unit was asked to support (增加协办单位)."""

    NAME = "assignment.support_added"


@dataclass(frozen=True, kw_only=True)
class SupportReleased(SupportsChanged):
    """A supporting unit was released (解除协办)."""

    NAME = "assignment.support_released"
    reason: str


KINDS: dict[str, type[Event]] = {
    kind.NAME: kind
    for base in (Event, HandedOver, UnitMove, SupportsChanged, Reassigned)
    for kind in base.__subclasses__()
    if "NAME" in vars(kind)
}


def read_event(name: str, data: Data) -> Event:
    """The event stored under this name. Raises KeyError if no event of an assignment has this name."""
    return KINDS[name].from_data(data)
