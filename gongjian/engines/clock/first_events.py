"""The events an assignment begins with (起始事件): it was handed over, or taken in from an older ledger. Pure."""

from dataclasses import dataclass
from datetime import date

from gongjian.engines.clock.dues import Dues, RuleUsed
from gongjian.engines.clock.event_data import Event
from gongjian.engines.clock.states import Outcome
from gongjian.engines.clock.supporting_units import SupportDue


@dataclass(frozen=True, kw_only=True)
class HandedOver(Event):
    """A matter was handed over (交办), or split off from a shared one (`branched_from`, `round`, `reason`).

    `person_reason`: why a person of another unit is responsible.
    """

    NAME = "assignment.handed_over"
    unit: str
    unit_id: int
    person: str
    person_id: int
    task: str
    on_the_spot: bool
    rule_used: RuleUsed
    dues: Dues
    supports: tuple[SupportDue, ...] = ()
    copied: tuple[str, ...] = ()
    round: int = 1
    branched_from: str | None = None
    reason: str | None = None
    person_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Imported(HandedOver):
    """A matter of an older ledger was taken in as it stood (导入): handed over on `since`, and how far it had come.

    `lacks`: what the ledger did not say and rates need.
    """

    NAME = "assignment.imported"
    since: date
    text: str = ""
    resolved_on: date | None = None
    outcome: Outcome | None = None
    outcome_word: str = ""
    closed_on: date | None = None
    lacks: tuple[str, ...] = ()
