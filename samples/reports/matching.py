"""When a value read counts as the value annotated: folded text, alternatives, containment, likeness of titles.

An annotation offers alternatives with `|`; an empty alternative means that nothing is right as well.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

LONGEST_COMMON = 6  # characters of a requirement that must agree
ALIKE = 0.6  # likeness from which two titles are one
SAME_UNIT = {"位": "名", "人": "名", "项": "个", "亿": "亿元", "万": "万元"}

Match = Callable[[Any, Any], bool]


def fold(value: object) -> str:
    """Half-width, without spaces and quotation marks."""
    text = unicodedata.normalize("NFKC", str(value or ""))
    return re.sub(r"[\s\"'“”‘’《》「」]", "", text)


def alternatives(annotated: object) -> list[str]:
    """The values an annotation accepts."""
    return [fold(one) for one in str(annotated).split("|")]


def same(found: Any, annotated: Any) -> bool:
    """The very value."""
    return fold(found) in alternatives(annotated)


def inside(least: int) -> Match:
    """The very value, or one inside the other, the shorter with at least so many characters."""

    def match(found: Any, annotated: Any) -> bool:
        value = fold(found)
        return any(
            value == one or (min(len(value), len(one)) >= least and (value in one or one in value))
            for one in alternatives(annotated)
            if one
        )

    return match


def likeness(one: str, other: str) -> float:
    """Share of character pairs two folded texts have in common, 0 to 1 (Dice)."""
    first = {one[i : i + 2] for i in range(len(one) - 1)}
    second = {other[i : i + 2] for i in range(len(other) - 1)}
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def title_likeness(found: Any, annotated: Any) -> float:
    """1.0 where one title stands inside the other, else their likeness."""
    return max(
        1.0
        if one and min(len(one), len(fold(found))) >= 4 and (one in fold(found) or fold(found) in one)
        else likeness(fold(found), one)
        for one in alternatives(annotated)
    )


def title(found: Any, annotated: Any) -> bool:
    """Titles of one event."""
    return same(found, annotated) or title_likeness(found, annotated) >= ALIKE


def post(found: Any, annotated: Any) -> bool:
    """The same name with the same post as printed."""
    wanted = [one.removeprefix("中共") for one in alternatives(annotated[1])]
    return bool(found[0] == annotated[0]) and fold(found[1]).replace("中共", "") in wanted


def count(found: Any, annotated: Any) -> bool:
    """The same number of the same thing; people are people whatever they are counted in."""
    units = [SAME_UNIT.get(str(pair[1]), str(pair[1])) for pair in (found, annotated)]
    return units[0] == units[1] and abs(float(found[0]) - float(annotated[0])) < 1e-6


def quote(found: Any, annotated: Any) -> bool:
    """The same speaker, and the words that begin the annotated quotation."""
    return fold(found[0]) == fold(annotated[0]) and fold(annotated[1]) in fold(found[1])


def in_common(one: str, other: str) -> int:
    """Length of the longest text two texts share."""
    best, row = 0, [0] * (len(other) + 1)
    for left in one:
        following = [0] * (len(other) + 1)
        for place, right in enumerate(other, 1):
            if left == right:
                following[place] = row[place - 1] + 1
                best = max(best, following[place])
        row = following
    return best


def action(found: Any, annotated: Any) -> bool:
    """A requirement or promise by the same person (when annotated) in mostly the same words."""
    key = fold(annotated[1])
    by = not annotated[0] or fold(found[0]) == fold(annotated[0])
    return by and in_common(fold(found[1]), key) >= min(LONGEST_COMMON, len(key))


def honour(found: Any, annotated: Any) -> bool:
    """The same recipient."""
    return bool(found[0]) and inside(2)(found[0], annotated[0])


def _days(event: dict[str, Any]) -> tuple[str, str]:
    start = event.get("date_start") or ""
    return start, event.get("date_end") or start


def day(found: dict[str, Any], annotated: dict[str, Any]) -> bool:
    """Both ends of the span of days are right."""
    start, end = _days(found)
    wanted = annotated["date_start"]
    return start in wanted.split("|") and end in (annotated["date_end"] or wanted).split("|")


def _people(event: dict[str, Any]) -> set[str]:
    return {fold(name) for name in (*event.get("people", ()), event.get("lead"))} - {""}


def event_likeness(found: dict[str, Any], annotated: dict[str, Any]) -> float:
    """How surely two events are one: 0 without a shared day, person, firm or title, or below three points."""
    dated = bool(annotated["date_start"] and found.get("date_start") and day(found, annotated))
    people = bool(_people(found) & {fold(name) for name in annotated["people"]})
    firms = any(inside(3)(a, b) for a in found.get("enterprises", ()) for b in annotated["enterprises"])
    titles = (
        title_likeness(found["title"], annotated["title"])
        if found.get("title") and annotated.get("title")
        else 0.0
    )
    points = 3 * dated + 2 * people + firms + 2 * titles
    points += 2 * bool(annotated["type"] and same(found.get("type"), annotated["type"]))
    points += bool(found.get("unit") and annotated["unit"] and inside(2)(found["unit"], annotated["unit"]))
    points += 0.5 * bool(found.get("part") and found["part"] == annotated["part"])
    linked = dated or people or firms or titles >= ALIKE
    return points if linked and points >= 3 else 0.0
