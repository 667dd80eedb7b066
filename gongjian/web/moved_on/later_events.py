"""Which later events make an act speak about something else, and which leave it as it was meant.

Three rules, in this order:
1. An act that judges (HEEDS) comes back after what it should have known.
2. An act that only adds words, files or a unit (ADDS) comes back only when the matter went to somebody else or ended (TURNS).
3. Any other act comes back after everything but such additions.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from gongjian.assignments.events import AssignmentEvent as Task
from gongjian.attachments.events import AttachmentEvent
from gongjian.complaints.events import ComplaintEvent
from gongjian.enterprises.events import EnterpriseEvent as Firm
from gongjian.markets.events import MarketEvent
from gongjian.notices.events import NoticeEvent
from gongjian.people.events import PeopleEvent
from gongjian.policies.events import PayoutEvent, PolicyEvent
from gongjian.problems.events import ProblemEvent
from gongjian.visits.events import VisitEvent


class Known(Protocol):
    """An event: its name and its data."""

    @property
    def name(self) -> str: ...
    @property
    def data(self) -> Mapping[str, object]: ...


_SUPPORTS = (
    Task.SUPPORT_ADDED,
    Task.SUPPORT_ACCEPTED,
    Task.SUPPORT_REPLIED,
    Task.SUPPORT_RETURNED,
    Task.SUPPORT_RELEASED,
)
# What leaves everything on the page true.
ADDS: frozenset[str] = frozenset(
    {
        *(Task.REPORTED, Task.REMINDED, Task.REMINDER_WITHDRAWN, Task.INSTRUCTED, *_SUPPORTS),
        *(
            Task.ESCALATED,
            Task.DUE_RECOMPUTED,
            ComplaintEvent.DUE_RECOUNTED,
        ),  # the ladder's and the calendar's
        *AttachmentEvent,
        *(ProblemEvent.CODE_ISSUED, ProblemEvent.CALL_BACKS_DRAWN, ProblemEvent.CALLED_BACK),
        *(ProblemEvent.COMMON_TOLD, ProblemEvent.BULK_DONE, ProblemEvent.BULK_UNDONE),
        *(VisitEvent.STOP_ADDED, VisitEvent.NOTED, VisitEvent.STOP_RECORDED, VisitEvent.PLEDGED),
        *(Firm.CONTACT_ADDED, Firm.PAIRED, Firm.PAIRING_ENDED, Firm.QUALIFIED, Firm.ASKED),
        *(Firm.FACT_RECORDED, Firm.FACT_CORRECTED, Firm.FACTS_IMPORTED, Firm.ACCOUNT_LINKED),
        *(Firm.SOURCE_CHOSEN, Firm.CHOICE_WITHDRAWN),
        *(MarketEvent.ADDED, MarketEvent.ENDED, MarketEvent.INTRODUCED),
        *(
            PolicyEvent.LOADED,
            PolicyEvent.OFFERED,
            PolicyEvent.NOTIFIED,
            PolicyEvent.ASKED,
            PayoutEvent.LISTED,
        ),
        *(PeopleEvent.APPOINTED, PeopleEvent.FILTER_SAVED, PeopleEvent.FILTER_DELETED),
        *(PeopleEvent.PASSWORD_CHANGED, PeopleEvent.AREA_ADDED, PeopleEvent.UNIT_ADDED),
        *(event for event in NoticeEvent if not event.name.startswith(("CHANNEL_", "HOURS_"))),
    }
)
# After these the matter is somebody else's, begins anew or is over: even an addition would land in another place.
TURNS: frozenset[str] = frozenset(
    {
        *(Task.REASSIGNED, Task.TAKEN_OVER, Task.WITHDRAWN, Task.CLOSED, Task.REOPENED),
        *(ProblemEvent.WITHDRAWN, ProblemEvent.DECLINED, ProblemEvent.TAKEN_BACK, ProblemEvent.CLOSED),
        *(ProblemEvent.COMMON_JOINED, ProblemEvent.COMMON_SPLIT, ProblemEvent.CLOSED_SILENT),
        *(VisitEvent.CANCELLED, VisitEvent.TAKEN_BACK),
        *(Firm.MERGED, Firm.MERGED_AWAY),
        *(PeopleEvent.UNIT_DISABLED, PeopleEvent.ACCOUNT_SHUT),
    }
)
# What an act of this kind should have known; the names of data say that only events of the same unit or figure count.
_GROUNDS = (Task.REPORTED, *AttachmentEvent, Task.SUPPORT_REPLIED, Task.SUPPORT_RETURNED)
_ANSWERED = (
    Task.REPORTED,
    Task.RESOLVED,
    Task.ACCEPTED,
    Task.EXTENSION_ASKED,
    Task.EXTENSION_GRANTED,
    Task.HELD,
)
_FIGURE: Mapping[str, tuple[str, ...]] = dict.fromkeys(
    (Firm.FACT_RECORDED, Firm.FACT_CORRECTED), ("key", "period", "source")
)
_CHOICE: Mapping[str, tuple[str, ...]] = dict.fromkeys(
    (Firm.SOURCE_CHOSEN, Firm.CHOICE_WITHDRAWN), ("key", "period")
)
HEEDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    Task.CHECK_PASSED: dict.fromkeys(_GROUNDS, ()),
    Task.RETURNED: dict.fromkeys(_GROUNDS, ()),
    Task.REMINDED: dict.fromkeys((*_ANSWERED, Task.REMINDED), ()),
    Task.SUPPORT_RELEASED: dict.fromkeys((Task.SUPPORT_REPLIED, Task.SUPPORT_RETURNED), ("unit",)),
    VisitEvent.CANCELLED: dict.fromkeys(
        (VisitEvent.STOP_ADDED, VisitEvent.NOTED, VisitEvent.STOP_RECORDED, VisitEvent.PLEDGED), ()
    ),
    Firm.FACT_CORRECTED: _FIGURE,
    Firm.SOURCE_CHOSEN: _CHOICE,
    Firm.CHOICE_WITHDRAWN: _CHOICE,
    PeopleEvent.TENURE_ENDED: {PeopleEvent.APPOINTED: ()},
}


def comes_back(act: Known, since: Iterable[Known]) -> bool:
    """Whether an act is asked about again after these events."""
    return any(_in_the_way(act, event) for event in since)


def _in_the_way(act: Known, event: Known) -> bool:
    heeded = HEEDS.get(act.name, {}).get(event.name)
    if heeded is not None:
        return all(act.data.get(name) == event.data.get(name) for name in heeded)
    return event.name in TURNS or not (act.name in ADDS or event.name in ADDS)
