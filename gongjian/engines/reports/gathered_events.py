"""An event while its sentences are gathered, and how alike two titles are."""

from dataclasses import dataclass, field

from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.dates import DateMention
from gongjian.engines.reports.event_words import EventSign
from gongjian.engines.reports.narration import is_learnt
from gongjian.engines.reports.people import PersonMention

REMEMBERED = 100  # events back that a sentence may come back to


@dataclass
class GatheredEvent:
    """One event while its sentences are gathered; ranges are offsets in the normalised text."""

    sign: EventSign
    day: DateMention | None
    part: tuple[int, int, str] | None
    unit: str
    unit_at: tuple[int, int] | None
    sentences: list[Sentence]
    people: list[PersonMention] = field(default_factory=list)
    lead: PersonMention | None = None
    set_out: list[PersonMention] = field(default_factory=list)  # all that the first sentence names
    unit_is_visited: bool = False  # the area is that of the place visited, not of the leader's post
    _joined: set[int] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Note what it begins with, so that joining a sentence costs the same however long the event is."""
        self._joined.update(sentence.start for sentence in self.sentences)
        self._named.update(person.name for person in self.people)

    @property
    def first_told(self) -> Sentence:
        """The sentence that begins to tell of it."""
        return self.sentences[0]

    @property
    def first_day(self) -> str:
        """The first day in ISO form; empty when unknown."""
        return self.day.first if self.day else ""

    def lasts_over(self, day: DateMention) -> bool:
        """Whether it lasts several days of which this is one: 25日 of what took place 25日至26日."""
        return bool(
            self.day
            and self.day.first
            and self.day.first < self.day.last
            and self.day.first <= day.first <= day.last <= self.day.last
        )

    def join(self, sentence: Sentence, people: list[PersonMention]) -> None:
        """Add one more sentence and the people it names."""
        if sentence.start not in self._joined:
            self.sentences.append(sentence)
            self._joined.add(sentence.start)
        for person in people:
            if person.name not in self._named:
                self.people.append(person)
                self._named.add(person.name)
        if len(self.sentences) == 1:
            self.set_out = list(self.people)
        if self.lead is None and self.people:
            self.lead = self.people[0]

    def retell(self, sentence: Sentence, people: list[PersonMention]) -> None:
        """Go on with one of the groups that set out together; only those it names are of the event."""
        self._named.clear()
        self.people = []
        self.join(sentence, people)

    def part_with(self, text: str, person: PersonMention) -> None:
        """Take out a person who sets out with the others but on a round of their own: 甲、乙分别率队走访."""
        first = self.sentences[0]
        if "分别" in text[first.start : first.end] or "分头" in text[first.start : first.end]:
            self.people = [p for p in self.people if p.name != person.name]


def bigram_similarity(first: str, second: str) -> float:
    """The similarity (Dice) of two strings by their pairs of neighbouring characters, from 0 to 1."""
    a, b = (
        {first[i : i + 2] for i in range(len(first) - 1)},
        {second[i : i + 2] for i in range(len(second) - 1)},
    )
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def dated_or_all(events: list[GatheredEvent]) -> list[GatheredEvent]:
    """The events with a day, or told of with 近日 and not again with a day; all of them where none has a day."""
    if not any(event.first_day for event in events):
        return events
    told = {(e.sign.type, e.lead.name) for e in events if e.first_day and e.lead}
    return [
        event
        for event in events
        if event.first_day
        or (event.day is not None and not (event.lead and (event.sign.type, event.lead.name) in told))
    ]


def without_hearsay(text: str, events: list[GatheredEvent]) -> list[GatheredEvent]:
    """The events without those the reporter only heard at (从推进会上获悉) where the report tells them as well."""
    heard = [e for e in events if is_learnt(text, e.sentences[0], e.sign.end)]
    nouns = {text[e.sign.start : e.sign.end] for e in events if e not in heard}
    return [e for e in events if e not in heard or text[e.sign.start : e.sign.end] not in nouns]
