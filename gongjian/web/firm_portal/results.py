"""What was done about a firm's matter, shown before it is asked for its word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.assignments.queries import history
from gongjian.assignments.rounds.queries import rounds_of
from gongjian.attachments.queries import attachments_of
from gongjian.audit.models import Event
from gongjian.engines.clock.events import Resolved
from gongjian.problems.models import Problem


@dataclass(frozen=True)
class Result:
    """How the last round ended: by whom, from when, on which day, with what result, in the unit's own words."""

    unit: str
    since: date
    resolved_on: date
    outcome: str
    text: str
    papers: tuple[str, ...] = ()


def what_was_done(events: Iterable[Event], *, unit: str = "", papers: tuple[str, ...] = ()) -> Result | None:
    """The result of the last round; None while it is not resolved."""
    last = next(iter(rounds_of(events)[-1:]), None)
    if last is None or last.resolved_on is None:
        return None
    return Result(unit, last.since, last.resolved_on, last.outcome, last.text, papers)


def done_for(problem: Problem, events: Sequence[Event] | None = None) -> Result | None:
    """The result of a problem's matter, with the names of the papers that came with it; `events`: its history, if at hand."""
    task = problem.assignment
    if task is None or task.resolved_on is None:
        return None
    events = history(task) if events is None else events
    resolved = [event.seq for event in events if event.name == Resolved.NAME][-1:]
    papers = attachments_of(task).filter(during__in=resolved).values_list("name", flat=True)
    return what_was_done(events, unit=task.lead_unit.name, papers=tuple(papers))
