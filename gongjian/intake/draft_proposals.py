"""From an extraction to drafts: one row a thing a clerk decides on, each value with its sentence and confidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongjian.engines.reports.draft import Draft as Extracted
from gongjian.engines.reports.draft import Event, Span
from gongjian.intake.models import DraftKind
from gongjian.intake.vocabulary import FIRMS

Fields = dict[str, dict[str, Any]]
JOINT = "、"


@dataclass(frozen=True)
class Proposal:
    """A draft before it is stored; `about` is the index of the meeting or visit it belongs to."""

    kind: DraftKind
    fields: Fields
    about: int | None = None


def proposals(extracted: Extracted, text: str) -> list[Proposal]:
    """All drafts of one report: events first, then people, then what was said and promised."""
    found = [_event(event, text) for event in extracted.events]
    found += [
        Proposal(DraftKind.PERSON, _person(person.name, person.posts, person.conflict, text))
        for person in extracted.people
    ]
    found += list(_spoken(extracted, text))
    return found


def _cell(span: Span, text: str) -> dict[str, Any]:
    return {
        "value": span.value,
        "start": span.start,
        "end": span.end,
        "sentence": text[span.sentence_start : span.sentence_end].strip(),
        "confidence": span.confidence,
        "by": span.by,
    }


def _joined(spans: tuple[Span, ...], text: str) -> dict[str, Any]:
    """Several values in one cell: 、 between them, the least sure one speaks for all."""
    cell = _cell(spans[0], text)
    return cell | {
        "value": JOINT.join(s.value for s in spans),
        "confidence": min(s.confidence for s in spans),
    }


def _event(event: Event, text: str) -> Proposal:
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
    return Proposal(kind, fields)


def _person(name: Span, posts: tuple[Span, ...], conflict: str, text: str) -> Fields:
    fields: Fields = {"name": _cell(name, text)}
    if posts:
        fields["posts"] = _joined(posts, text)
    if conflict:
        fields["conflict"] = {"value": conflict}
    return fields


def _near(extracted: Extracted, speaker: Span | None, place: int) -> int | None:
    """The event a passage belongs to: the nearest one before it that the speaker takes part in, else the nearest."""
    best: tuple[int, int] | None = None
    for index, event in enumerate(extracted.events):
        there = {span.value for span in (*event.people, event.lead) if span}
        distance = abs(place - event.type.start) + (0 if speaker and speaker.value in there else 100_000)
        if best is None or distance < best[0]:
            best = (distance, index)
    return best[1] if best else None


def _spoken(extracted: Extracted, text: str) -> Iterator[Proposal]:
    for quote in extracted.quotes:
        fields: Fields = {"text": _cell(quote.text, text)} | _present(text, speaker=quote.speaker)
        yield Proposal(DraftKind.STATEMENT, fields, _near(extracted, quote.speaker, quote.text.start))
    for action in extracted.actions:
        fields = {"text": _cell(action.text, text), "mode": {"value": action.mode}}
        fields |= _present(text, by=action.by, to=action.to, deadline_text=action.deadline_text)
        fields |= _number("deadline", action.deadline)
        yield Proposal(DraftKind.COMMITMENT, fields, _near(extracted, action.by, action.text.start))
    for honour in extracted.honours:
        fields = {"recipient": _cell(honour.recipient, text), "honour": _cell(honour.honour, text)}
        fields |= _number("count", honour.count)
        yield Proposal(DraftKind.HONOUR, fields, _near(extracted, None, honour.honour.start))


def _present(text: str, **spans: Span | None) -> Fields:
    return {name: _cell(span, text) for name, span in spans.items() if span}


def _number(name: str, number: int | None) -> Fields:
    return {} if number is None else {name: {"value": str(number)}}
