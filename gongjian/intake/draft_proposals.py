"""Turns what was read out of a report into drafts for a clerk, each value with its sentence and confidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.engines.reports.draft import ReportDraft, ReportedEvent, TextSpan
from gongjian.engines.reports.registers import EMPTY, Registers
from gongjian.intake.certainty import Certainty
from gongjian.intake.models import DraftKind
from gongjian.intake.rules import UNSURE, nearest
from gongjian.intake.vocabulary import FIRMS

Fields = dict[str, dict[str, Any]]
JOINT = "、"


@dataclass(frozen=True)
class DraftProposal:
    """A draft not yet stored; `about` is the index of the meeting or visit it belongs to."""

    kind: DraftKind
    fields: Fields
    about: int | None = None


def draft_proposals(
    extracted: ReportDraft,
    text: str,
    *,
    published: date | None,
    today: date,
    registers: Registers = EMPTY,
) -> list[DraftProposal]:
    """All drafts of one report: events, then people, then statements, requirements, honours and problems.

    A day without a year is the nearest one before the day of publication, or else before `today`.
    """
    certainty = Certainty(extracted, registers, published)
    drafts = [_event(event, text, published or today) for event in extracted.events]
    drafts += [
        DraftProposal(DraftKind.PERSON, _person(person.name, person.posts, person.conflict, text))
        for person in extracted.people
    ]
    sure = [certainty.of_event(event) for event in extracted.events]
    sure += [certainty.of_person(person) for person in extracted.people]
    for proposal, confidences in zip(drafts, sure, strict=True):
        for name in proposal.fields.keys() & confidences.keys():
            cell = proposal.fields[name]
            doubted = "without_year" in cell or confidences[name] < cell["confidence"]
            cell["confidence"] = min(cell["confidence"], confidences[name]) if doubted else confidences[name]
    drafts += list(_statements_and_honours(extracted, text))
    drafts += [_problem(problem, extracted, text) for problem in extracted.problems]
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


def _event(event: ReportedEvent, text: str, anchor: date) -> DraftProposal:
    kind = DraftKind.VISIT if event.type.value == "visit" else DraftKind.MEETING
    single = ("type", "title", "date_start", "date_end", "part", "unit", "place", "lead")
    fields = _present(text, **{name: getattr(event, name) for name in single})
    for name in ("date_start", "date_end"):
        if name in fields:
            fields[name] |= _with_year(fields[name], anchor)
    for name in ("people", "enterprises", "sectors", "projects"):
        if spans := getattr(event, name):
            fields[name] = _joined(spans, text)
    for count in event.counts:
        if count.unit == FIRMS:
            fields["firm_count"] = _cell(count.span, text) | {"value": str(int(count.number))}
    return DraftProposal(kind, fields)


def _with_year(cell: dict[str, Any], anchor: date) -> dict[str, Any]:
    """The nearest year for a day printed without one, and how it was printed."""
    value = nearest(cell["value"], anchor)
    if value == cell["value"]:
        return {}
    return {"value": value, "without_year": cell["value"][5:], "confidence": UNSURE}


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
        if not (commitment.to or commitment.deadline_text):
            continue  # nobody is named and no time is set: a call to everybody, not a task
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


def _problem(problem: TextSpan, extracted: ReportDraft, text: str) -> DraftProposal:
    """What a firm said, in the sentence it stands in; the firm when that sentence, or else the event, names just one."""
    cell = _cell(problem, text)
    about = _event_of_passage(extracted, None, problem.start)
    fields: Fields = {"text": cell | {"value": cell["sentence"] or problem.value}}
    firms = _firms_of(extracted, about)
    in_sentence = [span for span in firms if problem.sentence_start <= span.start < problem.sentence_end]
    for named in (in_sentence, firms):
        if len({span.value for span in named}) == 1:
            fields["enterprise"] = _cell(named[0], text)
            break
    return DraftProposal(DraftKind.PROBLEM, fields, about)


def _firms_of(extracted: ReportDraft, about: int | None) -> tuple[TextSpan, ...]:
    return () if about is None else extracted.events[about].enterprises
