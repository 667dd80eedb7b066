"""How sure the values of an event are, taken together: what the reader knows of one value, corrected by the others.

The reader judges each value by how it was found. Here the event is looked at as a whole, beside the other events of the
report: an area on record is surer, a day that is only that of publication or a person from another sentence is less so.
"""

from collections.abc import Iterable
from datetime import date

from gongjian.engines.reports.draft import ReportDraft, ReportedEvent, ReportedPerson, TextSpan
from gongjian.engines.reports.registers import Registers
from gongjian.engines.writing.folding import fold_name
from gongjian.intake.registers.rules import holds
from gongjian.intake.rules import ON_RECORD, UNSURE
from gongjian.intake.vocabulary import WORDS_OF_KINDS


class Certainty:
    """How sure the values of one report are, beside each other and beside the registers."""

    def __init__(self, extracted: ReportDraft, registers: Registers, published: date | None) -> None:
        self.extracted, self.published = extracted, published
        self.posts = {fold_name(person.name): person.posts for person in registers.persons}
        self.areas = _folded(name for unit in registers.units for name in (unit.name, *unit.aliases))
        self.firms = _folded(n for firm in registers.enterprises for n in (firm.name, *firm.short_names))
        self.in_conflict = {person.name.value for person in extracted.people if person.conflict}

    def of_event(self, event: ReportedEvent) -> dict[str, int]:
        """The confidence of the values of an event where it differs from the reader's own, by field."""
        others = [other for other in self.extracted.events if other is not event]
        doubtful = _doubtful(event, others, self.published) | self._not_on_record(event)
        kept = {
            "unit": event.unit,
            "lead": event.lead,
            "people": event.people,
            "enterprises": event.enterprises,
        }
        known = {field: ON_RECORD for field, value in kept.items() if value}
        return known | dict.fromkeys(doubtful, UNSURE)

    def of_person(self, person: ReportedPerson) -> dict[str, int]:
        """The same for a person: sure when on record, with every printed post."""
        held = self.posts.get(fold_name(person.name.value), ())
        known = self._is_known(person.name)
        posts = known and all(any(holds(post.value, one) for one in held) for post in person.posts)
        return {"name": ON_RECORD if known else UNSURE, "posts": ON_RECORD if posts else UNSURE}

    def _is_known(self, person: TextSpan) -> bool:
        return fold_name(person.value) in self.posts and person.value not in self.in_conflict

    def _not_on_record(self, event: ReportedEvent) -> set[str]:
        """The fields with a name that stands on no register."""
        missing = {
            "unit": event.unit is not None and fold_name(event.unit.value) not in self.areas,
            "lead": event.lead is not None and not self._is_known(event.lead),
            "people": not all(self._is_known(person) for person in event.people),
            "enterprises": any(fold_name(firm.value) not in self.firms for firm in event.enterprises),
        }
        return {field for field, absent in missing.items() if absent}


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_name(name) for name in names)


FIELDS = (
    *("type", "title", "date_start", "date_end", "part", "unit", "place", "lead"),
    *("people", "enterprises", "firm_count"),
)


def _doubtful(event: ReportedEvent, others: list[ReportedEvent], published: date | None) -> set[str]:
    """The fields of an event that something speaks against: all of them where it may be no event of its own."""
    if not _people(event) or event.date_start is None or any(_overlap(event, other) for other in others):
        return set(FIELDS)
    if published is not None and event.date_start.value == published.isoformat():
        return set(FIELDS)  # a day taken from the head of the page, not from what it tells
    found = {"type"} if _kind_unclear(event) else set()
    if event.unit is not None and (
        event.unit.confidence < UNSURE or (others and not _beside(event.unit, event))
    ):
        found.add("unit")
    for field in ("people", "enterprises"):
        spans: tuple[TextSpan, ...] = getattr(event, field)
        if others and any(not _beside(span, event) for span in spans):
            found.add(field)
    return found


def _kind_unclear(event: ReportedEvent) -> bool:
    """No kind was found, or the title speaks of another one, or of several."""
    title = event.title.value if event.title else ""
    kinds = {kind for kind, words in WORDS_OF_KINDS.items() if any(word in title for word in words)}
    return event.type.value == "other" or bool(kinds - {event.type.value})


def _people(event: ReportedEvent) -> set[str]:
    return {span.value for span in (*event.people, event.lead) if span}


def _overlap(event: ReportedEvent, other: ReportedEvent) -> bool:
    """Two events of one day with a person or a title in common may be one, or share what belongs to one of them."""
    same_day = (event.date_start and event.date_start.value) == (other.date_start and other.date_start.value)
    same_title = bool(event.title and other.title and event.title.value == other.title.value)
    return same_day and (same_title or bool(_people(event) & _people(other)))


def _beside(span: TextSpan, event: ReportedEvent) -> bool:
    """Whether a value stands in the sentence that tells of the event."""
    return event.type.sentence_start <= span.start < event.type.sentence_end
