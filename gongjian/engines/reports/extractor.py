"""The way in: one report in, one draft out."""

from datetime import date
from typing import Protocol

from gongjian.engines.reports import (
    areas,
    byline,
    clean_text,
    commitments,
    dates,
    event_fields,
    event_words,
    honours_and_topics,
    people,
    speech,
)
from gongjian.engines.reports import events as reports
from gongjian.engines.reports.clean_text import Source
from gongjian.engines.reports.draft import Draft, Event, Meta
from gongjian.engines.reports.people import People
from gongjian.engines.reports.registers import EMPTY, Registers


class Extractor(Protocol):
    """Anything that reads a report the way `extract` does."""

    def __call__(self, text: str, *, registers: Registers = EMPTY, hint: date | None = None) -> Draft:
        """A draft of the ledger entries in the text."""


def extract(text: str, *, registers: Registers = EMPTY, hint: date | None = None) -> Draft:
    """Read a Chinese news report; `hint` is the day of publication if the clerk knows it. Never raises."""
    source = clean_text.read(text)
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
        actions=commitments.actions(source, known, said),
        honours=honours_and_topics.honours(source),
        problems=honours_and_topics.problems(source),
        campaign=honours_and_topics.campaign(source),
        targets=honours_and_topics.targets(source),
        visit_topics=honours_and_topics.visit_topics(source),
        policy_measures=honours_and_topics.policy_measures(source),
    )


def _dated(
    source: Source, known: People, registers: Registers, hint: date | None
) -> tuple[Meta, tuple[Event, ...]]:
    printed, where = byline.published(source)
    base = dates.anchor(source, hint or printed, from_hint=hint is not None)
    days, parts = dates.days(source, base), dates.parts_of_day(source)
    ends = [p.end for p in known.places] + [d.end for d in days] + [end for _, end, _ in parts]
    around = event_words.surroundings(ends, dates.quoted(source.text))
    gathered = reports.Reader(source, known, areas.find(source, registers), days, parts, around).read()
    head = Meta(byline.outlet(source), byline.reporters(source), where, base.basis)
    return head, tuple(event_fields.build(source, one, gathered, registers) for one in gathered)
