"""The entry point of the engine: `extract` reads one report and returns one draft."""

from datetime import date
from typing import Protocol

from gongjian.engines.reports import (
    absent,
    areas,
    byline,
    campaign_and_topics,
    clean_text,
    commitments,
    dates,
    difficulties,
    event_fields,
    event_words,
    honours,
    people,
    speech,
)
from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.draft import Byline, ReportDraft, ReportedEvent
from gongjian.engines.reports.people import PersonMentions
from gongjian.engines.reports.registers import EMPTY, Registers
from gongjian.engines.reports.unnamed_events import AnyEventReader


class Extractor(Protocol):
    """Any function that reads a report as `extract` does."""

    def __call__(self, text: str, *, registers: Registers = EMPTY, hint: date | None = None) -> ReportDraft:
        """The draft of what the text reports."""


def extract(text: str, *, registers: Registers = EMPTY, hint: date | None = None) -> ReportDraft:
    """The draft read out of a Chinese news report; `hint` is the date of publication if the clerk knows it. Never raises."""
    source = clean_text.clean_report(text)
    if not source.sentences:
        return ReportDraft()
    mentions = people.find_people(source, registers)
    head, events = _dated(source, mentions, registers, hint)
    utterances = speech.find_utterances(source, mentions)
    quotes = speech.find_quotes(source, mentions, utterances)
    return ReportDraft(
        byline=head,
        events=events,
        people=people.people_with_posts(source, mentions, registers),
        speakers=speech.find_speakers(source, utterances, quotes),
        quotes=quotes,
        commitments=commitments.find_commitments(source, mentions, utterances),
        honours=honours.find_honours(source),
        problems=difficulties.find_problems(source, mentions, utterances),
        campaign=campaign_and_topics.find_campaign(source),
        targets=campaign_and_topics.find_targets(source),
        visit_topics=campaign_and_topics.find_visit_topics(source),
        policy_measures=campaign_and_topics.find_policy_measures(source),
    )


def _dated(
    source: SourceText, mentions: PersonMentions, registers: Registers, hint: date | None
) -> tuple[Byline, tuple[ReportedEvent, ...]]:
    printed, where = byline.find_publication_date(source)
    base = dates.year_basis(source, hint or printed, from_hint=hint is not None)
    days, parts = dates.find_dates(source, base, printed=printed), dates.find_parts_of_day(source)
    ends = [p.end for p in mentions.mentions] + [d.end for d in days] + [end for _, end, _ in parts]
    limits = event_words.title_limits(ends, dates.quoted_flags(source.text))
    gathered = AnyEventReader(
        source, absent.present(source, mentions), areas.find_areas(source, registers), days, parts, limits
    ).read()
    head = Byline(
        byline.find_outlet(source),
        byline.find_reporters(source),
        where or byline.find_dateline(source, base),
        base.basis,
    )
    return head, tuple(event_fields.build_event(source, event, gathered, registers) for event in gathered)
