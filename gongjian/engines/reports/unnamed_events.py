"""Events that no word names: what is dated and names somebody, else a visit by an office or a party."""

import re

from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.event_words import EventSign, meeting_signs, unnamed_sign
from gongjian.engines.reports.gathered_events import GatheredEvent
from gongjian.engines.reports.narration import is_summary
from gongjian.engines.reports.people import PersonMention
from gongjian.engines.reports.short_lines import MINUTES
from gongjian.engines.reports.visit_reader import VisitReader
from gongjian.engines.reports.visit_words import visit_signs

INTERVIEW = re.compile(r"接受[^,。;]{0,8}(?:采访|专访)|告诉(?:记者|笔者)")


class AnyEventReader(VisitReader):
    """Reads a report as its base does, and looks again where that finds nothing."""

    def _read_sentence(self, sentence: Sentence) -> None:
        """Read the head of a record of a meeting (时间, 地点, 主持) as the meeting; any other sentence as the base does."""
        if self.current is None and MINUTES.match(self.source.text, sentence.start, sentence.end):
            self._read_minutes(sentence)
        else:
            super()._read_sentence(sentence)

    def _read_minutes(self, sentence: Sentence) -> None:
        days = self._days_in(sentence)
        people = self.people.mentions_in(sentence.start, sentence.end)
        if not days:
            return
        sign = self._sign_of_heading(sentence) or unnamed_sign(self.source.text, sentence, sentence.end - 1)
        day, part = days[0], next(iter(self._parts_in(sentence.start, sentence.end)), None)
        unit, unit_at = self.units.of_people(sentence, people)
        self._add_event(GatheredEvent(sign, day, part, unit, unit_at, []), sentence, people)
        self.day = day

    def _sign_of_heading(self, sentence: Sentence) -> EventSign | None:
        """The meeting that a heading above the record names."""
        for above in reversed(self.source.sentences):
            if above.end <= sentence.start and above.kind == "heading":
                named = [s for s in meeting_signs(self.source.text, above, self.limits) if s.title]
                if named:
                    return named[-1]
        return None

    def _read_unnamed(self) -> None:
        """Where no word names an event: what is dated and names somebody, else a visit by an office."""
        self._read_anything_dated()
        if not self.events:
            self._read_visit_of_an_office()

    def _read_anything_dated(self) -> None:
        """Where no word names an event: the first sentence with a day and a person tells one all the same."""
        for sentence in self.source.sentences:
            people = self.people.mentions_in(sentence.start, sentence.end)
            days = [d for d in self._days_in(sentence) if d.first]
            if sentence.kind == "body" and self.current is not None:
                self._read_follow_up(sentence, days, self.current)
                continue
            if sentence.kind == "body" and days and not people:
                people = [p for p in self._people_soon_after(sentence) if not self._is_dated(p)]
            if INTERVIEW.search(self.source.text, sentence.start, sentence.end):
                continue
            if (
                sentence.kind == "body"
                and self.current is None
                and people
                and days
                and days[0].start < people[0].start
            ):
                sign = unnamed_sign(self.source.text, sentence, people[0].start)
                day, part = self._when(sentence, sign, days)
                unit, unit_at = self.units.of_people(sentence, people)
                self._add_event(GatheredEvent(sign, day, part, unit, unit_at, []), sentence, people)

    def _is_dated(self, person: PersonMention) -> bool:
        """Whether somebody is named in a sentence that has a day of its own."""
        return any(day.first for day in self._days_in(self.source.sentence_at(person.start)))

    def _read_visit_of_an_office(self) -> None:
        """Where nobody is named: the first dated visit, by an office or a party: 市工信局调研组深入18家企业走访."""
        for sentence in self.source.sentences:
            days = [d for d in self._days_in(sentence) if d.first] if sentence.kind == "body" else []
            if self.current is not None and sentence.kind == "body":
                self._read_follow_up(sentence, days, self.current)
            elif days:
                signs = visit_signs(self.source.text, sentence, self.limits, [])
                signs = [s for s in signs if not is_summary(self.source.text, sentence, s.start)]
                sign = next(iter(signs), None)
                if sign is not None:
                    day, part = self._when(sentence, sign, days)
                    unit, unit_at = self.units.of_people(sentence, [])
                    self._add_event(GatheredEvent(sign, day, part, unit, unit_at, []), sentence, [])
