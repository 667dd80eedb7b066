"""Events that no word names: what is dated and names somebody, else a visit by an office or a party."""

from gongjian.engines.reports.event_words import unnamed_sign
from gongjian.engines.reports.events import EventReader
from gongjian.engines.reports.gathered_events import GatheredEvent
from gongjian.engines.reports.narration import is_summary
from gongjian.engines.reports.visit_words import visit_signs


class AnyEventReader(EventReader):
    """Reads a report as its base does, and looks again where that finds nothing."""

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
                people = self._people_soon_after(sentence)
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
