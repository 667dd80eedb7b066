"""Counts, field by field, how many values of a report were read right, wrongly or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samples.reports import matching
from samples.reports.matching import Match, fold, inside, same

CORE = (
    *("reporter", "published", "person", "post", "event", "type", "date", "part", "unit"),
    *("lead", "ev_person", "enterprise", "count", "speaker"),
)
SOFT = ("title", "place", "sector", "project", "quote", "action", "honour", "problem", "source")
LISTS = {
    "ev_person": ("people", same),
    "enterprise": ("enterprises", inside(3)),
    "sector": ("sectors", inside(2)),
    "project": ("projects", inside(3)),
    "count": ("counts", matching.count),
}
NOTHING: dict[str, Any] = {"people": [], "enterprises": [], "sectors": [], "projects": [], "counts": []}
ABSENT = NOTHING | dict.fromkeys(("type", "date_start", "date_end", "part", "unit", "title", "lead"), "")
Event = dict[str, Any]


@dataclass
class Tally:
    """Values read right, read but not annotated, annotated but not read."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1.0 where there was nothing to read and nothing was."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 1.0


class Score:
    """The tallies of all fields."""

    def __init__(self) -> None:
        self.fields = {name: Tally() for name in (*CORE, *SOFT)}

    def one(self, name: str, found: Any, annotated: Any, match: Match = same) -> None:
        """A single value; an annotation of None is not judged, an empty one must not be read."""
        if annotated is None or (not found and "" in str(annotated).split("|")):
            return
        right = bool(found) and annotated != "" and match(found, annotated)
        self.fields[name] += Tally(right, bool(found) and not right, annotated != "" and not right)

    def several(
        self,
        name: str,
        found: Iterable[Any],
        annotated: Sequence[Any],
        match: Match = same,
        *,
        ignored: frozenset[str] = frozenset(),
    ) -> None:
        """Values one to one, the first that fits; ignored names are neither right nor wrong."""
        waiting, right, wrong = list(annotated), 0, 0
        for value in found:
            fitting = next((one for one in waiting if match(value, one)), None)
            if fitting is not None:
                waiting.remove(fitting)
                right += 1
            else:
                wrong += fold(value if isinstance(value, str) else value[0]) not in ignored
        self.fields[name] += Tally(right, wrong, len(waiting))

    def total(self, names: Iterable[str] = CORE) -> Tally:
        """The sum over some fields, the core by default."""
        return sum((self.fields[name] for name in names), Tally())


def score(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> Score:
    """The score of pairs of values read and values annotated."""
    counted = Score()
    for found, annotated in pairs:
        ignored = frozenset(fold(name) for name in annotated["people_optional"])
        _report(counted, found, annotated, ignored)
        _events(counted, found["events"], annotated["events"], ignored)
    return counted


def _posts(people: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(fold(person["name"]), post) for person in people for post in person["posts"]]


def _report(counted: Score, found: dict[str, Any], wanted: dict[str, Any], ignored: frozenset[str]) -> None:
    counted.several("reporter", found["meta"]["reporters"], wanted["meta"]["reporters"])
    counted.one("published", found["meta"]["published"], wanted["meta"]["published"])
    counted.one("source", found["meta"]["source"], wanted["meta"]["source"], inside(2))
    names = [[person["name"] for person in one["people"]] for one in (found, wanted)]
    counted.several("person", dict.fromkeys(names[0]), names[1], ignored=ignored)
    counted.several("post", _posts(found["people"]), _posts(wanted["people"]), matching.post, ignored=ignored)
    counted.several("speaker", found["speakers"], wanted["speakers"], ignored=ignored)
    counted.several("problem", found["problems"], wanted["problems"], inside(2))
    for field, name, (first, read), (second, annotated), match in (
        ("quote", "quotes", ("speaker", "text"), ("speaker", "start"), matching.quote),
        ("action", "actions", ("by", "text"), ("by", "key"), matching.action),
        ("honour", "honours", ("recipient", "honour"), ("recipient", "honour"), matching.honour),
    ):
        counted.several(
            field,
            [(one[first] or "", one[read] or "") for one in found[name]],
            [(one[second] or "", one[annotated]) for one in wanted[name]],
            match,
        )


def aligned(found: list[Event], wanted: list[Event]) -> list[tuple[int, int]]:
    """The pairs of events that are one, the surest first."""
    likely = sorted(
        (-matching.event_likeness(one, other), i, j)
        for i, one in enumerate(found)
        for j, other in enumerate(wanted)
    )
    pairs: list[tuple[int, int]] = []
    for points, i, j in likely:
        if points and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _events(counted: Score, found: list[Event], wanted: list[Event], ignored: frozenset[str]) -> None:
    pairs = aligned(found, wanted)
    extra = [event for i, event in enumerate(found) if i not in {a for a, _b in pairs}]
    missed = [
        event for j, event in enumerate(wanted) if j not in {b for _a, b in pairs} and not _optional(event)
    ]
    counted.fields["event"] += Tally(len(pairs), len(extra), len(missed))
    for i, j in pairs:
        _event(counted, found[i], wanted[j], ignored)
        counted.one("place", found[i]["place"], wanted[j]["place"], inside(2))
        counted.one("title", found[i]["title"], wanted[j]["title"], matching.title)
    for event in extra:
        _event(counted, event, ABSENT, ignored)
    for event in missed:
        _event(counted, NOTHING, event, ignored)
        for name, match in (("place", inside(2)), ("title", matching.title)):
            counted.one(name, None, event[name], match)


def _optional(event: Event) -> bool:
    """An event an annotator may leave out: the empty day is one of several alternatives."""
    return bool(event["date_start"]) and "" in event["date_start"].split("|")


def _event(counted: Score, found: Event, wanted: Event, ignored: frozenset[str]) -> None:
    counted.one("type", found.get("type"), wanted["type"])
    _day(counted, found, wanted)
    counted.one("part", found.get("part"), wanted["part"])
    counted.one("unit", found.get("unit"), wanted["unit"], inside(2))
    counted.one("lead", found.get("lead"), wanted["lead"])
    for field, (name, match) in LISTS.items():
        counted.several(field, found.get(name, ()), wanted[name], match, ignored=ignored)


def _day(counted: Score, found: Event, wanted: Event) -> None:
    if wanted["date_start"] is not None:
        right = bool(found.get("date_start")) and matching.day(found, wanted)
        counted.one("date", found.get("date_start"), wanted["date_start"], lambda _a, _b: right)
