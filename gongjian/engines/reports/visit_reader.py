"""Reads visits: who goes, with whom and when, and the rounds of those who set out together but apart."""

from dataclasses import dataclass

from gongjian.engines.reports import rounds, visits
from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.dates import DateMention
from gongjian.engines.reports.event_leads import is_of_a_firm
from gongjian.engines.reports.event_words import EventSign, has_speech_verb
from gongjian.engines.reports.events import EventReader
from gongjian.engines.reports.gathered_events import GatheredEvent
from gongjian.engines.reports.narration import is_within_event
from gongjian.engines.reports.people import PersonMention

OPENS = 2  # most characters before a part of the day that opens its sentence: 下午,又到…
NEIGHBOURS = 600  # characters before a sentence in which he is named who is only called 他
SOON = 60  # characters after a sentence with a day in which those who took part are named


@dataclass(frozen=True)
class _Visit:
    """A sentence with a verb of visiting: its dates, the day and the part of it on which the visit took place."""

    sentence: Sentence
    sign: EventSign
    dates: list[DateMention]
    day: DateMention | None
    part: tuple[int, int, str] | None
    apart: bool


class VisitReader(EventReader):
    """Reads meetings as its base does, and visits."""

    def _read_apart(self, sentence: Sentence, dates: list[DateMention]) -> bool:
        """Whether a sentence begins the round of one of several groups or leaders."""
        return self._read_group(sentence, dates) or self._read_round_apart(sentence, dates)

    def _read_group(self, sentence: Sentence, dates: list[DateMention]) -> bool:
        """Begin the round of one of several groups; that of the first is the one that told of all."""
        parent = self.apart or self.current
        told = rounds.group_told(self.source.text, sentence, parent)
        if told is None or parent is None:
            return False
        number, led = told
        sign = EventSign("visit", sentence.end - 1, sentence.end, takes_place=True)
        day, part = self._when(sentence, sign, dates)
        here = self.people.mentions_in(sentence.start, sentence.end)
        people = [p for p in [led, *here] if p is not None]
        event = parent if number == 0 else GatheredEvent(sign, day, part, "", None, [])
        if number == 0:
            event.day, event.part, event.people, event.lead = day, part, [], None
        unit, unit_at = self.units.of_people(sentence, [])
        event.unit, event.unit_at = (unit, unit_at) if unit_at else (event.unit, event.unit_at)
        if number == 0:
            event.retell(sentence, people)
        else:
            self._add_event(event, sentence, people)
        self.apart, self.current, self.day = parent, event, day or self.day
        return True

    def _read_round_apart(self, sentence: Sentence, dates: list[DateMention]) -> bool:
        """Begin the round of one of those who set out apart: 甲、乙分别走访…; 乙来到…."""
        apart = self.apart or self.current
        here = self.people.mentions_in(sentence.start, sentence.end)
        own = rounds.round_of_his_own(self.source.text, sentence, apart, here)
        if own is None or apart is None:
            return False
        sign = EventSign("visit", own.end, own.end + 1, takes_place=True)
        day, part = self._when(sentence, sign, dates)
        for event in self.events[-6:]:
            event.part_with(self.source.text, own)
        event = GatheredEvent(sign, day or apart.day, part, apart.unit, apart.unit_at, [])
        self._add_event(event, sentence, here)
        self.apart, self.day = apart, day or self.day
        return True

    def _subject_of_visit(self, sentence: Sentence, sign: EventSign, *, timed: bool) -> PersonMention | None:
        """Who visits: the first person before the verb, the leader told of before, or the leader of 调研组一行."""
        text = self.source.text
        before = self.people.mentions_in(sentence.start, sign.start)
        own = [p for p in before if not has_speech_verb(text, p.end, sign.start)]
        subject = next((p for p in own if not text.startswith("陪同", p.end)), None)
        if subject is not None and is_of_a_firm(text, subject):
            guests = (
                self.people.mentions_in(sign.end, sentence.end) if text.startswith("的", sign.end) else []
            )
            others = [p for p in (*own, *guests) if p.posts and not is_of_a_firm(text, p)]
            subject = next(iter(others), subject)
        if subject is None and (sign.title or text.startswith("活动", sign.end)):
            subject = next(iter(self.people.mentions_in(sign.end, sentence.end)), None)
        if (
            subject is None
            and self.current is not None
            and timed
            and not visits.others_go(self.source.text, sentence, sign, self.current)
        ):
            subject = self.current.lead
        subject = subject or rounds.leader_meant(text, sentence, sign, self.events)
        subject = subject or self._told_of_before(sentence, sign)
        subject = subject or visits.leader_of_party(text, sentence, sign, self.events)
        if subject is None and timed and sign.strong and self.current is None:
            subject = next(iter(self._people_soon_after(sentence)), None)
        return subject

    def _told_of_before(self, sentence: Sentence, sign: EventSign) -> PersonMention | None:
        """The last of office named before 他 in a report that has told no event yet."""
        if self.events or not rounds.PRONOUN.fullmatch(self.source.text, sentence.start, sign.start):
            return None
        before = self.people.mentions_in(max(sentence.start - NEIGHBOURS, 0), sentence.start)
        posted = [p for p in before if p.posts and not is_of_a_firm(self.source.text, p)]
        named = [p for p in before if any(p.name == one.name for one in posted)]
        return max(named, key=lambda p: sum(p.name == q.name for q in before), default=None)

    def _people_soon_after(self, sentence: Sentence) -> list[PersonMention]:
        """Those named in the next words of the paragraph, who took part in what a dated sentence tells."""
        after = self.people.mentions_in(sentence.end, sentence.end + SOON)
        return [p for p in after if self.source.sentence_at(p.start).paragraph == sentence.paragraph]

    def _read_visit(self, sentence: Sentence, sign: EventSign, dates: list[DateMention]) -> bool:
        """Whether a sentence with a verb of visiting tells a visit; one of the meeting being told only joins it."""
        text = self.source.text
        before = self.people.mentions_in(sentence.start, sign.start)
        apart = visits.is_told_apart(text, sentence, sign, before)
        if self.current is not None and self.current.sign.type != "visit":
            if not dates and not apart and is_within_event(text, sentence, sign.start):
                return False
            if visits.is_of_meeting(text, sentence, sign):
                self.current.join(sentence, self._people_of(sentence, sign))
                return True
        day, part = self._when(sentence, sign, dates)
        subject = self._subject_of_visit(sentence, sign, timed=bool(dates or part))
        if subject is None:
            return self._read_visit_of_a_body(sentence, sign, dates)
        return self._read_visit_of(subject, _Visit(sentence, sign, dates, day, part, apart=apart))

    def _read_visit_of(self, subject: PersonMention, told: "_Visit") -> bool:
        """Whether a visit by somebody is one told before, which it joins, or a new one."""
        sentence, sign, day, part = told.sentence, told.sign, told.day, told.part
        present = self._people_of(sentence, sign)
        own_round = visits.goes_round_alone(
            self.source.text, self.current, subject, sign, paragraph=sentence.paragraph
        )
        if not own_round:
            known = visits.known_visit(
                self.events, self.current, subject, day=day if told.dates else None, part=part
            )
            if known is not None:
                self._join_visit(known, told, present)
                return True
            if not self._is_new_visit(subject, told):
                return False
        self._add_visit(subject, told, present, own_round=own_round)
        return True

    def _join_visit(self, known: GatheredEvent, told: "_Visit", present: list[PersonMention]) -> None:
        self.current = known
        if not (told.day and known.lasts_over(told.day)):
            known.part = known.part or told.part
        known.join(told.sentence, present)

    def _is_new_visit(self, subject: PersonMention, told: "_Visit") -> bool:
        """Whether a visit of somebody without one so far is told, and not only spoken of."""
        parallel = self._is_parallel(told.sentence, subject)
        timed = told.part is not None and told.day is not None
        opens = told.part is not None and 0 <= told.part[0] - told.sentence.start <= OPENS
        begins = parallel or (timed and (self.current is None or opens))
        if not told.sign.strong and not ((told.dates or begins) and told.sign.takes_place):
            return False
        dated = told.dates or told.part or parallel or self.current is None or told.apart
        return bool(dated) or visits.is_new_visit(self.source.text, self.current, told.sentence, subject)

    def _add_visit(
        self, subject: PersonMention, told: "_Visit", present: list[PersonMention], *, own_round: bool
    ) -> None:
        unit, unit_at = self.units.of_visit(told.sentence, subject)
        people = [subject, *(p for p in present if p.name != subject.name)]
        part = told.part
        if own_round and self.current is not None:
            part = part or self.current.part
            self.current.part_with(self.source.text, subject)
        event = GatheredEvent(told.sign, told.day, part, unit, unit_at, [])
        event.unit_is_visited = unit_at is not None and unit_at[0] > subject.end
        self._add_event(event, told.sentence, people)

    def _read_visit_of_a_body(self, sentence: Sentence, sign: EventSign, dates: list[DateMention]) -> bool:
        """A dated visit in a paragraph of its own by leaders whom nobody names: 西岭县四大班子领导分12个组走访企业."""
        opens = bool(dates) and dates[0].start < sign.start and bool(dates[0].first)
        unnamed = visits.head_goes(self.source.text, sentence, sign) or visits.others_go(
            self.source.text, sentence, sign, self.current
        )
        if not (opens and sign.strong and unnamed):
            return False
        day, part = self._when(sentence, sign, dates)
        self._add_event(GatheredEvent(sign, day, part, *self.units.of_people(sentence, []), []), sentence, [])
        return True
