"""Reads the sentences in order and gathers what each tells into events; one event told twice is one."""

import re
from dataclasses import dataclass, field

from gongjian.engines.reports import areas as area_rules
from gongjian.engines.reports.areas import Areas
from gongjian.engines.reports.clean_text import Sentence, Source
from gongjian.engines.reports.dates import Day
from gongjian.engines.reports.event_words import (
    Surroundings,
    Trigger,
    meetings,
    speech_between,
    visits,
    weak,
)
from gongjian.engines.reports.people import People, Where

ALIKE = 0.75
NEAR = 20  # characters between a meeting and a day told after it
BARE = 4  # a title as short as 座谈会 has no name of its own
TELLING = (
    2  # characters of its own beyond the noun that make a city meeting known again in a county's sentence
)


@dataclass
class Gathering:
    """One event while it is being gathered; ranges are normalised offsets."""

    trigger: Trigger
    day: Day | None
    part: tuple[int, int, str] | None
    unit: str
    unit_at: tuple[int, int] | None
    sentences: list[Sentence]
    people: list[Where] = field(default_factory=list)
    lead: Where | None = None

    @property
    def first_day(self) -> str:
        """ISO start or empty."""
        return self.day.first if self.day else ""

    def join(self, sentence: Sentence, people: list[Where]) -> None:
        """Take in one more sentence."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)
        have = {p.name for p in self.people}
        for person in people:
            if person.name not in have:
                self.people.append(person)
                have.add(person.name)
        if self.lead is None and self.people:
            self.lead = self.people[0]


@dataclass
class Reader:
    """The state carried from sentence to sentence."""

    source: Source
    people: People
    areas: Areas
    days: list[Day]
    parts: list[tuple[int, int, str]]
    around: Surroundings
    found: list[Gathering] = field(default_factory=list)
    current: Gathering | None = None
    day: Day | None = None
    posts: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def read(self) -> list[Gathering]:
        """All events of the report in the order told."""
        for place in self.people.places:
            self.posts.setdefault(place.name, []).extend(place.posts)
        for sentence in self.source.sentences:
            if sentence.kind == "heading":
                self.current = None
            elif sentence.kind == "body":
                self._sentence(sentence)
        return self.found

    def _sentence(self, sentence: Sentence) -> None:
        text = self.source.text
        signs = meetings(text, sentence, self.around)
        signs = signs + visits(text, sentence, self.around, signs)
        signs = signs or weak(text, sentence, self.around)
        own = [d for d in self.days if sentence.start <= d.start < sentence.end]
        before, touched = self.current, False
        for sign in sorted(signs, key=lambda t: t.start):
            touched = self._sign(sentence, sign, own) or touched
        if not touched:
            self._follow(sentence, own, before)
        if own:
            self.day = own[-1]

    def _follow(self, sentence: Sentence, own: list[Day], before: Gathering | None) -> None:
        """A sentence without a sign of its own belongs to what was told before, unless it has another day."""
        if own and before is not None and own[-1].first != before.first_day:
            self.current = None
        if self.current is not None:
            self.current.join(sentence, self.people.between(sentence.start, sentence.end))

    def _sign(self, sentence: Sentence, sign: Trigger, own: list[Day]) -> bool:
        if sign.type == "visit":
            return self._visit(sentence, sign, own)
        if not sign.strong:
            return self._weak(sentence, sign, own)
        return self._meeting(sentence, sign, own)

    def _when(
        self, sentence: Sentence, sign: Trigger, own: list[Day]
    ) -> tuple[Day | None, tuple[int, int, str] | None]:
        """The day and the part of the day of a sign: its own sentence first, else the day carried along."""
        before = [d for d in own if d.start < sign.end]
        day = before[-1] if before else own[0] if own and own[0].start - sign.end < NEAR else self.day
        low = day.start if day in own and day else sentence.start
        part = [p for p in self.parts if low <= p[0] < sign.end]
        if not part and not own:
            floor = max(self.source.paragraph_start(sentence), day.start if day else 0)
            part = [p for p in self.parts if floor <= p[0] < sign.end]
        return day, part[-1] if part else None

    def _meeting(self, sentence: Sentence, sign: Trigger, own: list[Day]) -> bool:
        day, part = self._when(sentence, sign, own)
        unit, unit_at = self._unit(sentence, sign)
        same = self._same(sign, day if own else None, part, unit)
        here = self._near(sentence, sign)
        if same is not None:
            self.current = same
            same.join(sentence, here)
            return True
        if not own and self._is_spoken(sentence, sign):
            return False
        is_new = sign.held or bool(own) or (not self.found and self._title_length(sign) > BARE)
        if not is_new or self._is_past(sentence, sign):
            return False
        heir = self._heir(sentence, sign) if not here and not own else None
        if heir is not None:
            here, unit, unit_at = [heir], *(self.unit_of(heir) if not unit else (unit, unit_at))
        self._open(Gathering(sign, day, part, unit, unit_at, []), sentence, here)
        return True

    def _heir(self, sentence: Sentence, sign: Trigger) -> Where | None:
        """The subject of 并召开…会 when the sentence names none: the leader of what was told just before."""
        current, start = self.current, sign.title[0] if sign.title else sign.start
        active = re.search(r"(?:召开|举行|召集|主持)(?:了)?$", self.source.text[sentence.start : start])
        near = current is not None and current.sentences[-1].paragraph == sentence.paragraph
        return current.lead if current is not None and near and active else None

    def _is_spoken(self, sentence: Sentence, sign: Trigger) -> bool:
        """A meeting somebody asks for is none yet: 要求…开好座谈会."""
        start = sign.title[0] if sign.title else sign.start
        told = self.source.text[sentence.start : start]
        return bool(re.search(r"(?:要求|强调|指出|希望|提出|表示)[^“”]*$", told))

    def _title_length(self, sign: Trigger) -> int:
        return sign.title[1] - sign.title[0] if sign.title else 0

    def _is_past(self, sentence: Sentence, sign: Trigger) -> bool:
        start = sign.title[0] if sign.title else sign.start
        before = self.source.text[max(start - 15, sentence.start) : start]
        return bool(re.search(r"去年|将于|拟于|即将|下一步|贯彻|落实|按照|根据|传达", before))

    def _open(self, gathering: Gathering, sentence: Sentence, people: list[Where]) -> None:
        gathering.join(sentence, people)
        self.found.append(gathering)
        self.current = gathering

    def _near(self, sentence: Sentence, sign: Trigger) -> list[Where]:
        """Persons of the sentence, those before the sign first."""
        all_here = self.people.between(sentence.start, sentence.end)
        return [p for p in all_here if p.start < sign.start] + [p for p in all_here if p.start >= sign.start]

    def _same(
        self, sign: Trigger, day: Day | None, part: tuple[int, int, str] | None, unit: str
    ) -> Gathering | None:
        """The event a sign speaks of again, if any."""
        for known in reversed(self.found):
            if known.trigger.title is None or known.trigger.type != sign.type:
                continue
            if day is not None and day.first != known.first_day:
                continue
            if part is not None and known.part is not None and part[2] != known.part[2]:
                continue
            if self._alike(known, sign, unit, dated=day is not None):
                return known
        return None

    def _alike(self, known: Gathering, sign: Trigger, unit: str, *, dated: bool) -> bool:
        if sign.title is None or known.trigger.title is None:
            return False
        one, two = self._core(known.trigger.title), self._core(sign.title)
        bare = sign.title[0] == sign.start and not sign.held
        if bare and not dated:
            return known is self.current or not unit or unit == known.unit
        telling = min(len(one), len(two)) - (sign.end - sign.start) > TELLING and known.unit.endswith("市")
        if unit and known.unit and unit != known.unit and not telling:
            return False
        return one in two or two in one or dice(one, two) >= ALIKE

    def _core(self, title: tuple[int, int]) -> str:
        text = re.sub(r"[“”‘’\s]", "", self.source.text[title[0] : title[1]])
        return re.sub(r"^(?:全[市县区]|我[市县区]|\w{2,3}?[市县区](?:\(\w+\))?)(?=\w{5})", "", text)

    def _unit(self, sentence: Sentence, sign: Trigger) -> tuple[str, tuple[int, int] | None]:
        """The area that holds the meeting: named at the title, else by the post of the one who holds it."""
        start = sign.title[0] if sign.title else sign.start
        for area in reversed(self.areas.between(max(start - 20, sentence.start), sign.end)):
            gap = self.source.text[area.end : start]
            if (
                area.start >= start - 1
                or re.fullmatch(
                    r"(?:\(.*?\))?(?:胜利|隆重|率先|组织|主持)?(?:召开|举行|举办)?(?:的|了)?", gap
                )
            ) and area.start <= start + 4:
                return area.name, (area.start, area.end)
        return self._unit_of_people(sentence, list(self.people.between(sentence.start, sentence.end)))

    def _unit_of_people(self, sentence: Sentence, people: list[Where]) -> tuple[str, tuple[int, int] | None]:
        for person in people:
            unit = self.unit_of(person)
            if unit[0]:
                return unit
        near = [
            a
            for a in self.areas.between(sentence.start, sentence.end)
            if not speech_between(self.source.text, sentence.start, a.start)
        ]
        return (near[0].name, (near[0].start, near[0].end)) if near else ("", None)

    def unit_of(self, person: Where) -> tuple[str, tuple[int, int] | None]:
        """The area a person's posts stand for: the last named, else the one a bare 县长 means here."""
        posts = list(person.posts) or self.posts.get(person.name, [])
        for start, end in reversed(posts):
            named = area_rules.of_post(self.source.text[start:end])
            if named:
                return named, (start, end)
        for start, end in posts:
            level = area_rules.level_of_post(self.source.text[start:end])
            named = self.areas.near(level, start, 0) if level else ""
            if named:
                return named, (start, end)
        return "", None

    def _visit(self, sentence: Sentence, sign: Trigger, own: list[Day]) -> bool:
        text = self.source.text
        before = [
            p
            for p in self.people.between(sentence.start, sign.start)
            if not speech_between(text, p.end, sign.start)
        ]
        subject = next((p for p in before if not text.startswith("陪同", p.end)), None)
        day, part = self._when(sentence, sign, own)
        if subject is None and self.current is not None and (own or part) and self.current.lead is not None:
            subject = self.current.lead
        if subject is None or (not sign.strong and not own):
            return False
        here = self._near(sentence, sign)
        known = self._same_visit(subject, day if own else None, part)
        if known is not None:
            self.current = known
            known.join(sentence, here)
            return True
        if not own and not part and self.current is not None and not self._is_new_visit(sentence, subject):
            return False
        unit, unit_at = self.unit_of(subject)
        people = [subject, *(p for p in here if p.name != subject.name)]
        self._open(Gathering(sign, day, part, unit, unit_at, []), sentence, people)
        return True

    def _same_visit(
        self, subject: Where, day: Day | None, part: tuple[int, int, str] | None
    ) -> Gathering | None:
        for known in reversed(self.found):
            if known.trigger.type != "visit" or subject.name not in {p.name for p in known.people}:
                continue
            if day is not None and day.first != known.first_day:
                continue
            if part is not None and known.part is not None and part[2] != known.part[2]:
                continue
            if part is not None and known.part is None and day is None:
                continue
            return known
        return None

    def _is_new_visit(self, sentence: Sentence, subject: Where) -> bool:
        """Without a day of its own a visit is new only in a new paragraph and with a leader not met so far."""
        current = self.current
        if current is None:
            return True
        same_paragraph = current.sentences[-1].paragraph == sentence.paragraph
        return (
            not same_paragraph
            and bool(subject.posts)
            and subject.name not in {p.name for p in current.people}
        )

    def _weak(self, sentence: Sentence, sign: Trigger, own: list[Day]) -> bool:
        here = self.people.between(sentence.start, sentence.end)
        if self.current is not None and self.current.trigger.type == sign.type:
            return False
        if not own or not here or (sign.type == "seminar" and self._in_visit(own)):
            return False
        day, part = self._when(sentence, sign, own)
        unit, unit_at = self._unit_of_people(sentence, here)
        self._open(Gathering(sign, day, part, unit, unit_at, []), sentence, here)
        return True

    def _in_visit(self, own: list[Day]) -> bool:
        current = self.current
        return (
            current is not None
            and current.trigger.type == "visit"
            and own[-1].first == current.first_day
            and own[-1].start < current.sentences[-1].end
        )


def dice(one: str, two: str) -> float:
    """Likeness of two strings by pairs of neighbouring characters, 0 to 1."""
    a, b = {one[i : i + 2] for i in range(len(one) - 1)}, {two[i : i + 2] for i in range(len(two) - 1)}
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
