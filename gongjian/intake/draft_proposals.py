"""Turns what was read out of a report into drafts for a clerk, each value with its sentence and confidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongjian.engines.reports.draft import ReportDraft, ReportedEvent, TextSpan
from gongjian.intake.models import DraftKind
from gongjian.intake.vocabulary import FIRMS

Fields = dict[str, dict[str, Any]]
JOINT = "、"


@dataclass(frozen=True)
class DraftProposal:
    """A draft not yet stored; `about` is the index of the meeting or visit it belongs to."""

    kind: DraftKind
    fields: Fields
    about: int | None = None


def draft_proposals(extracted: ReportDraft, text: str) -> list[DraftProposal]:
    """All drafts of one report: events, then people, then statements, commitments and honours."""
    drafts = [_event(event, text) for event in extracted.events]
    drafts += [
        DraftProposal(DraftKind.PERSON, _person(person.name, person.posts, person.conflict, text))
        for person in extracted.people
    ]
    drafts += list(_statements_and_honours(extracted, text))
    return drafts


def _cell(span: TextSpan, text: str) -> dict[str, Any]:
    return {
        "value": span.value,
        "start": span.start,
        "end": span.end,
        "sentence": text[span.sentence_start : span.sentence_end].strip(),
        "confidence": span.confidence,
        "by": span.by,
    }


def _joined(spans: tuple[TextSpan, ...], text: str) -> dict[str, Any]:
    """Several values in one cell, joined by 、, with the lowest of their confidences."""
    cell = _cell(spans[0], text)
    return cell | {
        "value": JOINT.join(s.value for s in spans),
        "confidence": min(s.confidence for s in spans),
    }


def _event(event: ReportedEvent, text: str) -> DraftProposal:
    kind = DraftKind.VISIT if event.type.value == "visit" else DraftKind.MEETING
    fields: Fields = {}
    for name in ("type", "title", "date_start", "date_end", "part", "unit", "place", "lead"):
        if span := getattr(event, name):
            fields[name] = _cell(span, text)
    for name in ("people", "enterprises", "sectors", "projects"):
        if spans := getattr(event, name):
            fields[name] = _joined(spans, text)
    for count in event.counts:
        if count.unit == FIRMS:
            fields["firm_count"] = _cell(count.span, text) | {"value": str(int(count.number))}
    return DraftProposal(kind, fields)


def _person(name: TextSpan, posts: tuple[TextSpan, ...], conflict: str, text: str) -> Fields:
    fields: Fields = {"name": _cell(name, text)}
    if posts:
        fields["posts"] = _joined(posts, text)
    if conflict:
        fields["conflict"] = {"value": conflict}
    return fields


def _event_of_passage(extracted: ReportDraft, speaker: TextSpan | None, position: int) -> int | None:
    """The index of the event a passage belongs to: the nearest the speaker takes part in, else the nearest; None without one."""
    best: tuple[int, int] | None = None
    for index, event in enumerate(extracted.events):
        people = {span.value for span in (*event.people, event.lead) if span}
        distance = abs(position - event.type.start) + (0 if speaker and speaker.value in people else 100_000)
        if best is None or distance < best[0]:
            best = (distance, index)
    return best[1] if best else None


def _statements_and_honours(extracted: ReportDraft, text: str) -> Iterator[DraftProposal]:
    for quote in extracted.quotes:
        fields: Fields = {"text": _cell(quote.text, text)} | _present(text, speaker=quote.speaker)
        yield DraftProposal(
            DraftKind.STATEMENT, fields, _event_of_passage(extracted, quote.speaker, quote.text.start)
        )
    for commitment in extracted.commitments:
        fields = {"text": _cell(commitment.text, text), "mode": {"value": commitment.mode}}
        fields |= _present(text, by=commitment.by, to=commitment.to, deadline_text=commitment.deadline_text)
        fields |= _number("deadline", commitment.deadline)
        yield DraftProposal(
            DraftKind.COMMITMENT, fields, _event_of_passage(extracted, commitment.by, commitment.text.start)
        )
    for honour in extracted.honours:
        fields = {"recipient": _cell(honour.recipient, text), "honour": _cell(honour.honour, text)}
        fields |= _number("count", honour.count)
        yield DraftProposal(DraftKind.HONOUR, fields, _event_of_passage(extracted, None, honour.honour.start))


def _present(text: str, **spans: TextSpan | None) -> Fields:
    return {name: _cell(span, text) for name, span in spans.items() if span}


def _number(name: str, number: int | None) -> Fields:
    return {} if number is None else {name: {"value": str(number)}}
