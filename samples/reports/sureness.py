"""Of what counts as sure in the drafts of the held-out reports, how much is right.

A draft is right when every value that confirming it would write is right; a value, when the annotation accepts it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.draft import ReportDraft
from gongjian.engines.reports.registers import Registers
from gongjian.intake.draft_proposals import JOINT, DraftProposal, draft_proposals
from gongjian.intake.models import DraftKind, least_confidence
from gongjian.intake.rules import SURE
from gongjian.intake.vocabulary import FIRMS
from samples.reports import matching
from samples.reports.held_out import HELD_OUT, Report, read, registers_of_most, reports
from samples.reports.matching import inside, same
from samples.reports.scoring import aligned

TODAY = date(2026, 11, 24)
SINGLE = {
    "type": same,
    "part": same,
    "lead": same,
    "unit": inside(2),
    "place": inside(2),
    "title": matching.title,
}
SEVERAL = {"people": same, "enterprises": inside(3)}
EVENTS = (DraftKind.MEETING, DraftKind.VISIT)


@dataclass(frozen=True)
class Judged:
    """One value, or one draft as a whole: how sure it was, and whether it was right."""

    report: str
    kind: str
    confidence: int
    right: bool


@dataclass(frozen=True)
class Measured:
    """So many counted as sure, and so many of them were right."""

    sure: int
    right: int


def measured(part: str = HELD_OUT) -> tuple[Measured, Measured]:
    """Drafts and values of all reports of a part, with registers that know four names in five."""
    registers = registers_of_most(part)
    pairs = [judged(report, registers) for report in reports(part)]
    return _sure([one for drafts, _ in pairs for one in drafts]), _sure(
        [v for _, values in pairs for v in values]
    )


def _sure(judged_ones: list[Judged]) -> Measured:
    sure = [one for one in judged_ones if one.confidence >= SURE]
    return Measured(len(sure), sum(one.right for one in sure))


def judged(report: Report, registers: Registers) -> tuple[list[Judged], list[Judged]]:
    """The drafts of meetings, visits and people of one report, and their values, each against the annotation."""
    found = read(report, registers)
    events = dict(aligned(to_json(found)["events"], report.annotation["events"]))
    proposals = draft_proposals(
        found, report.text, published=report.hint or _printed(found), today=TODAY, registers=registers
    )
    drafts, values = [], []
    together = [p for p in proposals if p.kind in (*EVENTS, DraftKind.PERSON)]
    for place, proposal in enumerate(together):
        wanted = report.annotation["events"][events[place]] if place in events else None
        cells = list(
            _person(proposal, report) if proposal.kind == DraftKind.PERSON else _event(proposal, wanted)
        )
        mine = [
            Judged(report.key, f"{proposal.kind}.{name}", proposal.fields[name]["confidence"], right)
            for name, right in cells
        ]
        lowest = least_confidence(proposal.fields) or 0
        drafts.append(Judged(report.key, proposal.kind, lowest, all(value.right for value in mine)))
        values += mine
    return drafts, values


def _printed(found: ReportDraft) -> date | None:
    printed = found.byline.published
    return date.fromisoformat(printed.value) if printed and "X" not in printed.value else None


def _event(proposal: DraftProposal, wanted: dict[str, Any] | None) -> Iterator[tuple[str, bool]]:
    """Each value of an event that would be written, and whether it is right; an event nobody annotated has none."""
    value = {name: cell["value"] for name, cell in proposal.fields.items()}
    for name, match in SINGLE.items():
        if name in value:
            yield name, wanted is not None and _accepted(value[name], wanted[name], match)
    if "date_start" in value:
        yield (
            "date_start",
            wanted is not None and (wanted["date_start"] is None or matching.day(value, wanted)),
        )
    for name, match in SEVERAL.items():
        for one in value.get(name, "").split(JOINT) if name in value else ():
            yield name, wanted is not None and any(match(one, annotated) for annotated in wanted[name])
    if "firm_count" in value:
        yield (
            "firm_count",
            wanted is not None
            and any(matching.count([float(value["firm_count"]), FIRMS], c) for c in wanted["counts"]),
        )


def _accepted(value: str, annotated: str | None, match: matching.Match) -> bool:
    """Whether a single value is right; one that the annotation does not judge is."""
    return annotated is None or match(value, annotated)


def _person(proposal: DraftProposal, report: Report) -> Iterator[tuple[str, bool]]:
    name = proposal.fields["name"]["value"]
    people = {person["name"]: person["posts"] for person in report.annotation["people"]}
    yield "name", name in people
    for post in proposal.fields["posts"]["value"].split(JOINT) if "posts" in proposal.fields else ():
        yield "posts", any(matching.post((name, post), (name, one)) for one in people.get(name, ()))
