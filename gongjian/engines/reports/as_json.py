"""A draft as plain JSON: bare values, as the scorer and the review page read them."""

from typing import Any

from gongjian.engines.reports.draft import Action, Draft, Event, Span


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft without offsets; unknown single values are None."""
    return {
        "meta": {
            "source": _value(draft.meta.source),
            "reporters": _values(draft.meta.reporters),
            "published": _value(draft.meta.published),
            "year_basis": draft.meta.year_basis,
        },
        "events": [_event(event) for event in draft.events],
        "people": [
            {"name": p.name.value, "posts": _values(p.posts), "conflict": p.conflict} for p in draft.people
        ],
        "speakers": _values(draft.speakers),
        "quotes": [{"speaker": _value(q.speaker), "text": q.text.value} for q in draft.quotes],
        "actions": [_action(action) for action in draft.actions],
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


def _event(event: Event) -> dict[str, Any]:
    single = ("type", "title", "date_start", "date_end", "part", "unit", "place", "lead")
    several = ("people", "enterprises", "sectors", "projects")
    return (
        {key: _value(getattr(event, key)) for key in single}
        | {key: _values(getattr(event, key)) for key in several}
        | {
            "date_text": event.date_start.text if event.date_start else None,
            "counts": [[_plain(c.number), c.unit] for c in event.counts],
        }
    )


def _action(action: Action) -> dict[str, Any]:
    return {
        "by": _value(action.by),
        "to": _value(action.to),
        "text": action.text.value,
        "deadline_text": _value(action.deadline_text),
        "deadline": action.deadline,
        "mode": action.mode,
    }


def _plain(number: Any) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _value(span: Span | None) -> str | None:
    return span.value if span is not None else None


def _values(spans: tuple[Span, ...]) -> list[str]:
    return [span.value for span in spans]
