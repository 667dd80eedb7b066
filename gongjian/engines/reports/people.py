"""Persons of a report: every mention of a known name, and the posts printed with it."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from gongjian.engines.reports.clean_text import Source
from gongjian.engines.reports.draft import Person, Span
from gongjian.engines.reports.posts import Mention, listed, mentions
from gongjian.engines.reports.registers import KnownPerson, Registers
from gongjian.engines.reports.vocabulary import either


@dataclass(frozen=True)
class Where:
    """One place a known person is named; `posts` are ranges of the posts printed there."""

    name: str
    start: int
    end: int
    posts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class People:
    """All mentions in order, for the rest of the extraction to ask."""

    places: tuple[Where, ...] = ()
    _starts: tuple[int, ...] = field(default=())

    def between(self, start: int, end: int) -> list[Where]:
        """Mentions whose name begins inside the range."""
        return list(self.places[bisect_left(self._starts, start) : bisect_left(self._starts, end)])


def find(source: Source, registers: Registers) -> People:
    """Collect the names, then every place they stand at."""
    with_posts = [m for m in mentions(source) if not _set_phrase(source, m)]
    loose = listed(source)
    by_start: dict[int, Mention] = {m.start: m for m in loose} | {m.start: m for m in with_posts}
    names = {source.text[m.start : m.end] for m in by_start.values()}
    names |= {p.name for p in registers.persons if p.name in source.text}
    if not names:
        return People()
    pattern = re.compile(either(tuple(sorted(names, key=lambda n: (-len(n), n)))))
    places = [_where(m, by_start) for m in pattern.finditer(source.text) if _counts(source, m.start())]
    return People(tuple(places), tuple(p.start for p in places))


def _set_phrase(source: Source, mention: Mention) -> bool:
    post = source.text[mention.posts[-1][0] : mention.posts[-1][1]] if mention.posts else ""
    after = source.text[mention.end : mention.end + 10]
    return post.endswith("总书记") or bool(
        re.match(r"同志(?:为核心|.{0,4}思想)|新时代|重要(?:讲话|指示|论述)", after)
    )


def _where(match: re.Match[str], by_start: dict[int, Mention]) -> Where:
    mention = by_start.get(match.start())
    return Where(match.group(), match.start(), match.end(), mention.posts if mention else ())


def _counts(source: Source, position: int) -> bool:
    return source.sentence_at(position).kind in {"body", "caption", "heading"}


def persons(source: Source, people: People, registers: Registers) -> tuple[Person, ...]:
    """One entry a name, posts as printed, each post once."""
    known = {p.name: p for p in registers.persons}
    entries: dict[str, tuple[Span, dict[str, Span]]] = {}
    for place in people.places:
        confidence = 90 if place.posts or place.name in known else 60
        by = "register" if place.name in known else "rule"
        kind = source.sentence_at(place.start).kind
        if kind != "body" and place.name not in entries:
            continue
        _, posts = entries.setdefault(
            place.name, (source.span(place.start, place.end, confidence=confidence, by=by), {})
        )
        if kind == "body":
            for start, end in place.posts:
                posts.setdefault(source.text[start:end], source.span(start, end, confidence=90))
    return tuple(_person(name, posts, known) for name, posts in entries.values())


def _person(name: Span, posts: dict[str, Span], known: dict[str, KnownPerson]) -> Person:
    kept = _without_repeats(posts)
    return Person(name, tuple(kept.values()), _conflict(name.value, tuple(kept), known))


def _without_repeats(posts: dict[str, Span]) -> dict[str, Span]:
    """A bare rank said again (副镇长 after 某镇副镇长) adds nothing."""
    return {p: s for p, s in posts.items() if not any(q != p and q.endswith(p) for q in posts)}


def _conflict(name: str, posts: tuple[str, ...], known: dict[str, KnownPerson]) -> str:
    person = known.get(name)
    if person is None or not person.posts or not posts:
        return ""
    if any(a.endswith(b) or b.endswith(a) for a in posts for b in person.posts):
        return ""
    return f"登记册中{name}的职务为“{'、'.join(person.posts)}”,来稿写作“{'、'.join(posts)}”,请核对是否调任或同名。"
