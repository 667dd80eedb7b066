"""A draft as plain JSON values, without offsets; scorers and tests compare it with a marked report."""

from typing import Any

from gongjian.engines.reports.draft import Commitment, ReportDraft, ReportedEvent, TextSpan


def to_json(draft: ReportDraft) -> dict[str, Any]:
    """The draft as dictionaries and lists, without offsets; an unknown single value is None."""
    return {
        "meta": {
            "source": _value(draft.byline.source),
            "reporters": _values(draft.byline.reporters),
            "published": _value(draft.byline.published),
            "year_basis": draft.byline.year_basis,
        },
        "events": [_event(event) for event in draft.events],
        "people": [
            {"name": p.name.value, "posts": _values(p.posts), "conflict": p.conflict} for p in draft.people
        ],
        "speakers": _values(draft.speakers),
        "quotes": [{"speaker": _value(q.speaker), "text": q.text.value} for q in draft.quotes],
        "actions": [_commitment(commitment) for commitment in draft.commitments],
        "honours": [
            {"recipient": h.recipient.value, "honour": h.honour.value, "count": h.count}
            for h in draft.honours
        ],
        "problems": _values(draft.problems),
        "campaign": _value(draft.campaign),
        "targets": [{"name": t.value} for t in draft.targets],
        "visit_topics": _values(draft.visit_topics),
        "policy_measures": [{"by": _value(p.by), "what": p.what.value} for p in draft.policy_measures],
    }


def _event(event: ReportedEvent) -> dict[str, Any]:
    single = ("type", "title", "date_start", "date_end", "part", "unit", "place", "lead")
    several = ("people", "enterprises", "sectors", "projects")
    return (
        {key: _value(getattr(event, key)) for key in single}
        | {key: _values(getattr(event, key)) for key in several}
        | {
            "date_text": event.date_start.text if event.date_start else None,
            "counts": [[_bare_number(c.number), c.unit] for c in event.counts],
        }
    )


def _commitment(commitment: Commitment) -> dict[str, Any]:
    return {
        "by": _value(commitment.by),
        "to": _value(commitment.to),
        "text": commitment.text.value,
        "deadline_text": _value(commitment.deadline_text),
        "deadline": commitment.deadline,
        "mode": commitment.mode,
    }


def _bare_number(number: Any) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _value(span: TextSpan | None) -> str | None:
    return span.value if span is not None else None


def _values(spans: tuple[TextSpan, ...]) -> list[str]:
    return [span.value for span in spans]
