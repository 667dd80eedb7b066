"""Reads the sentences in order and gathers them into events; an event mentioned twice stays one event."""

import re
from abc import ABC, abstractmethod
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from gongjian.engines.reports import event_titles as titles
from gongjian.engines.reports import rounds, visits
from gongjian.engines.reports.areas import AreaMentions
from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.dates import DateMention
from gongjian.engines.reports.event_leads import is_of_a_firm, lead_of
from gongjian.engines.reports.event_units import EventUnits
from gongjian.engines.reports.event_words import (
    EventSign,
    TitleLimits,
    meeting_signs,
    weak_signs,
)
from gongjian.engines.reports.gathered_events import (
    REMEMBERED,
    GatheredEvent,
    dated_or_all,
    without_hearsay,
)
from gongjian.engines.reports.narration import (
    is_asked_for,
    is_elsewhere_in_time,
    is_report_of_a_period,
    is_summary,
    is_within_event,
)
from gongjian.engines.reports.people import PersonMention, PersonMentions
from gongjian.engines.reports.visit_words import visit_signs

NEAR = 20  # most characters between a meeting and a date printed after it
SOON = 60  # characters after a sentence with a day in which those who took part are named
NEIGHBOURS = 600  # characters before a sentence in which he is named who is only called 他
HEAD = 4  # most characters before a date that opens its sentence


@dataclass
class EventReader(ABC):
    """Reads a report sentence by sentence; `current` is the event being told, `day` the last date mentioned."""

    source: SourceText
    people: PersonMentions
    areas: AreaMentions
    days: list[DateMention]
    parts: list[tuple[int, int, str]]
    limits: TitleLimits
    events: list[GatheredEvent] = field(default_factory=list)
    current: GatheredEvent | None = None
    day: DateMention | None = None
    only_dated: bool = False
    apart: GatheredEvent | None = None  # the visit whose leaders go on rounds of their own
    units: EventUnits = field(init=False)

    def read(self) -> list[GatheredEvent]:
        """All events of the report, in the order in which it tells them."""
        self.only_dated = is_report_of_a_period(self.source)
        self.units = EventUnits.of(self.source, self.people, self.areas)
        for sentence in self.source.sentences:
            if sentence.kind == "body":
                self._read_sentence(sentence)
        if not self.events and not self.only_dated:
            self._read_unnamed()
        self.events = sorted(
            dated_or_all(without_hearsay(self.source.text, self.events)), key=lambda e: e.sign.start
        )
        for event in self.events:
            self._settle(event)
        return self.events

    def _settle(self, event: GatheredEvent) -> None:
        """Decide the area and the leader of an event when the whole report is read."""
        if not event.unit and not any(e.unit for e in self.events):
            event.unit, event.unit_at = self.units.only_area(event.lead)
        if event.sign.type != "visit":
            event.lead = lead_of(self.source.text, event.people, self.people, event.sentences)
        if not event.unit and event.lead is not None:
            event.unit, event.unit_at = self.units.of_person(event.lead)

    @abstractmethod
    def _read_unnamed(self) -> None:
        """Called when no sentence named an event."""

    @abstractmethod
    def _read_apart(self, sentence: Sentence, dates: list[DateMention]) -> bool:
        """Whether a sentence begins a round of one of those who set out together."""

    @abstractmethod
    def _read_visit(self, sentence: Sentence, sign: EventSign, dates: list[DateMention]) -> bool:
        """Whether a sentence with a verb of visiting tells a visit."""

    def _parts_in(self, start: int, end: int) -> list[tuple[int, int, str]]:
        return self.parts[bisect_left(self.parts, (start,)) : bisect_left(self.parts, (end,))]

    def _days_in(self, sentence: Sentence) -> list[DateMention]:
        low = bisect_left(self.days, sentence.start, key=_day_start)
        return self.days[low : bisect_left(self.days, sentence.end, key=_day_start)]

    def _read_sentence(self, sentence: Sentence) -> None:
        text = self.source.text
        signs = meeting_signs(text, sentence, self.limits)
        signs = signs + visit_signs(text, sentence, self.limits, signs)
        signs = signs or weak_signs(text, sentence, self.limits)
        dates = self._days_in(sentence)
        if not dates:
            signs = [s for s in signs if not self.only_dated and not is_summary(text, sentence, s.start)]
        if self._read_apart(sentence, dates):
            return
        before, touched = self.current, False
        for sign in sorted(signs, key=lambda t: t.start):
            touched = self._read_sign(sentence, sign, dates) or touched
        if not touched:
            self._read_follow_up(sentence, dates, before)
        if dates and (touched or self.current is None or _opens(sentence, dates[0])):
            self.day = dates[-1]

    def _read_follow_up(
        self, sentence: Sentence, dates: list[DateMention], before: GatheredEvent | None
    ) -> None:
        """Add a sentence without a sign to the current event, unless it begins with another date."""
        if before is not None and any(d.first != before.first_day and _opens(sentence, d) for d in dates):
            self.current = None
        if self.current is None:
            return
        self.current = (
            visits.visited_before(self.source.text, sentence, self.events, self.current) or self.current
        )
        people = self.people.mentions_in(sentence.start, sentence.end)
        self.current = rounds.event_of_subject(
            self.source.text, sentence, told=(self.events, self.current), people=people
        )
        if visits.only_informs(self.source.text, sentence, self.current, people):
            people = []
        visit = visits.visit_joined(self.source.text, sentence, self.events, self.current)
        (visit or self.current).join(sentence, people)
        both = visits.visit_told_with(self.source.text, sentence, self.events, self.current)
        if both is not None:
            both.join(sentence, people)

    def _read_sign(self, sentence: Sentence, sign: EventSign, dates: list[DateMention]) -> bool:
        if sign.type == "visit":
            return self._read_visit(sentence, sign, dates)
        if not sign.strong:
            return self._read_weak_sign(sentence, sign, dates)
        return self._read_meeting(sentence, sign, dates)

    def _when(
        self, sentence: Sentence, sign: EventSign, dates: list[DateMention]
    ) -> tuple[DateMention | None, tuple[int, int, str] | None]:
        """The date and part of the day of a sign: from its own sentence, else the last date mentioned."""
        before = [d for d in dates if d.start < sign.end]
        day = before[-1] if before else dates[0] if dates and dates[0].start - sign.end < NEAR else self.day
        low = day.start if day in dates and day else sentence.start
        part = self._parts_in(low, sign.end) or (self._parts_in(sentence.start, sign.end) if before else [])
        if not part and day is not None and day in dates and day.start > sign.end:
            part = self._parts_in(day.start, day.end + HEAD)
        if not part and not dates:
            floor = max(self.source.paragraph_start(sentence), day.start if day else 0)
            part = self._parts_in(floor, sign.end)
        return day, part[-1] if part else None

    def _read_meeting(self, sentence: Sentence, sign: EventSign, dates: list[DateMention]) -> bool:
        if self.current is not None and not dates and is_within_event(self.source.text, sentence, sign.start):
            self.current.join(sentence, self._people_of(sentence, sign))
            return True
        day, part = self._when(sentence, sign, dates)
        unit, unit_at = self.units.of_meeting(sentence, sign)
        timed = bool(self._parts_in(sentence.start, sign.end))
        if not dates and not timed and self._is_meant_again(sentence, sign):
            return True
        same = self._current_named(sentence, sign, dates) or self._known_event(
            sign, day if dates or part is not None else None, part, unit
        )
        people = self._people_of(sentence, sign)
        if same is not None:
            self.current = same
            same.join(sentence, people)
            return True
        if not dates and is_asked_for(self.source.text, sentence, titles.start(sign)):
            return False
        dated_here = (
            self.current is None
            and bool(people)
            and day is not None
            and day.start >= self.source.paragraph_start(sentence)
        )
        is_new = (
            sign.takes_place
            or bool(dates)
            or dated_here
            or (not self.events and titles.length(sign) > titles.BARE)
        )
        if not is_new or is_elsewhere_in_time(self.source.text, sentence, titles.start(sign)):
            return False
        heir = self._leader_carried_over(sentence, sign, dates) if not people else None
        if heir is not None:
            people, unit, unit_at = [heir], *(self.units.of_person(heir) if not unit else (unit, unit_at))
        self._add_event(GatheredEvent(sign, day, part, unit, unit_at, []), sentence, people)
        return True

    def _current_named(
        self, sentence: Sentence, sign: EventSign, dates: list[DateMention]
    ) -> GatheredEvent | None:
        """The current event, told so far without a name, which this sentence names: 这是第二期“区长午餐会”."""
        current = self.current
        if (
            dates
            or current is None
            or not titles.names_current(self.source.text, sentence, sign, current.sign)
        ):
            return None
        current.sign = replace(current.sign, title=sign.title)
        return current

    def _is_meant_again(self, sentence: Sentence, sign: EventSign) -> bool:
        """Whether a bare noun (大会, 会议, 仪式) means the meeting being told; then the sentence joins it."""
        current = self.current
        if current is None or not titles.means_again(self.source.text, sentence, sign, current.sign):
            return False
        current.join(sentence, self._people_of(sentence, sign))
        return True

    def _leader_carried_over(
        self, sentence: Sentence, sign: EventSign, dates: list[DateMention]
    ) -> PersonMention | None:
        """The leader of the current event, who is the subject of 并召开…会 when the sentence names nobody, or of 他…召开."""
        current, start = self.current, titles.start(sign)
        meant = rounds.leader_meant(self.source.text, sentence, sign, self.events)
        if meant is not None or dates:
            return meant
        active = re.search(r"(?:召开|举行|召集|主持)(?:了)?$", self.source.text[sentence.start : start])
        near = current is not None and current.sentences[-1].paragraph == sentence.paragraph
        return current.lead if current is not None and near and active else None

    def _add_event(self, event: GatheredEvent, sentence: Sentence, people: list[PersonMention]) -> None:
        event.join(sentence, people)
        self.events.append(event)
        self.current = event

    def _people_of(self, sentence: Sentence, sign: EventSign) -> list[PersonMention]:
        """The people named in the sentence, those before the sign first."""
        all_here = self.people.mentions_in(sentence.start, sentence.end)
        return [p for p in all_here if p.start < sign.start] + [p for p in all_here if p.start >= sign.start]

    def _known_event(
        self, sign: EventSign, day: DateMention | None, part: tuple[int, int, str] | None, unit: str
    ) -> GatheredEvent | None:
        """The event already gathered that a sign refers to; None for a new one."""
        for known in reversed(self.events[-REMEMBERED:]):
            if known.sign.title is None or known.sign.type != sign.type:
                continue
            if day is not None and day.first and known.lasts_over(day) and titles.is_plain(known.sign, sign):
                known.day, known.part = day, part
                return known
            if day is not None and day.first != known.first_day:
                continue
            if part is not None and known.part is not None and part[2] != known.part[2]:
                continue
            if titles.is_same(self.source.text, known, sign, unit, dated=day is not None) or (
                known is self.current and titles.is_bare(sign) and day is None
            ):
                return known
        return None

    def _is_parallel(self, sentence: Sentence, subject: PersonMention) -> bool:
        """Whether a clause after a semicolon tells what somebody else did: 甲到…调研;县长乙前往…."""
        if self.current is None or not subject.posts or is_of_a_firm(self.source.text, subject):
            return False
        last = self.current.sentences[-1]
        follows = last.paragraph == sentence.paragraph and self.source.text[last.end - 1] == ";"
        opens = subject.posts[0][0] - sentence.start <= HEAD
        return follows and opens and subject.name not in {p.name for p in self.current.people}

    def _is_dated_before(self, sentence: Sentence) -> bool:
        """Whether the paragraph of a sentence named a day before it: 3月28日,首期开工。区委书记甲宣布正式开工."""
        return self.day is not None and self.day.start >= self.source.paragraph_start(sentence)

    def _read_weak_sign(self, sentence: Sentence, sign: EventSign, dates: list[DateMention]) -> bool:
        people = self.people.mentions_in(sentence.start, sentence.end)
        if self.current is not None and self.current.sign.type == sign.type:
            return False
        told = bool(people) or (sign.type == "signing" and self.current is None)
        parallel = bool(people) and self._is_parallel(sentence, people[0])
        opened = sign.type == "groundbreaking" and self.current is None and self._is_dated_before(sentence)
        if (
            not (dates or parallel or opened)
            or not told
            or (sign.type == "seminar" and dates and visits.is_in_visit(self.current, dates))
        ):
            return False
        day, part = self._when(sentence, sign, dates)
        unit, unit_at = self.units.of_people(sentence, people)
        self._add_event(GatheredEvent(sign, day, part, unit, unit_at, []), sentence, people)
        return True


def _day_start(day: DateMention) -> int:
    return day.start


def _opens(sentence: Sentence, day: DateMention) -> bool:
    """Whether a date stands at the head of its sentence, so that something new begins there."""
    return day.start - sentence.start <= HEAD
