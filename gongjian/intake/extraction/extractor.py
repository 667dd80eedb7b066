"""The way in: one report in, one draft out."""

from datetime import date
from typing import Protocol

from gongjian.intake.extraction import (
    actions,
    areas,
    dates,
    events,
    fields,
    meta,
    normalise,
    people,
    soft,
    speech,
    triggers,
)
from gongjian.intake.extraction.model import Draft, Event, Meta
from gongjian.intake.extraction.normalise import Source
from gongjian.intake.extraction.people import People
from gongjian.intake.extraction.registers import EMPTY, Registers


class Extractor(Protocol):
    """Anything that reads a report the way `extract` does."""

    def __call__(self, text: str, *, registers: Registers = EMPTY, hint: date | None = None) -> Draft:
        """A draft of the ledger entries in the text."""


def extract(text: str, *, registers: Registers = EMPTY, hint: date | None = None) -> Draft:
    """Read a Chinese news report; `hint` is the day of publication if the clerk knows it. Never raises."""
    source = normalise.read(text)
    if not source.sentences:
        return Draft()
    known = people.find(source, registers)
    head, found = _dated(source, known, registers, hint)
    said = speech.utterances(source, known)
    quotes = speech.quotations(source, known, said)
    return Draft(
        meta=head,
        events=found,
        people=people.persons(source, known, registers),
        speakers=speech.speakers(source, said, quotes),
        quotes=quotes,
        actions=actions.actions(source, known, said),
        honours=soft.honours(source),
        problems=soft.problems(source),
        campaign=soft.campaign(source),
        targets=soft.targets(source),
        visit_topics=soft.visit_topics(source),
        policy_measures=soft.policy_measures(source),
    )


def _dated(
    source: Source, known: People, registers: Registers, hint: date | None
) -> tuple[Meta, tuple[Event, ...]]:
    printed, where = meta.published(source)
    base = dates.anchor(source, hint or printed, from_hint=hint is not None)
    days, parts = dates.days(source, base), dates.parts_of_day(source)
    ends = [p.end for p in known.places] + [d.end for d in days] + [end for _, end, _ in parts]
    around = triggers.surroundings(ends, dates.quoted(source.text))
    gathered = events.Reader(source, known, areas.find(source, registers), days, parts, around).read()
    head = Meta(meta.outlet(source), meta.reporters(source), where, base.basis)
    return head, tuple(fields.build(source, one, gathered, registers) for one in gathered)
