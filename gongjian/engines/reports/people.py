"""The people in a report: every mention of each name, with the posts printed beside it."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from gongjian.engines.reports.bare_names import (
    forms_of_address,
    names_before_brackets,
    names_before_verbs,
    names_who_are,
)
from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.draft import ReportedPerson, TextSpan
from gongjian.engines.reports.name_lists import NameWithPosts, names_after_labels, names_in_lists
from gongjian.engines.reports.names import SHORT, STRONG, WEAK, right_boundary
from gongjian.engines.reports.posts import names_with_posts
from gongjian.engines.reports.registers import KnownPerson, Registers
from gongjian.engines.reports.vocabulary import CJK, either_of_many


@dataclass(frozen=True)
class PersonMention:
    """One mention of a person; `posts` are the ranges of the posts printed beside the name."""

    name: str
    start: int
    end: int
    posts: tuple[tuple[int, int], ...] = ()

    def span(self, source: SourceText, *, confidence: int) -> TextSpan:
        """The place of the mention, whose value is the full name also where only 沈镇长 is printed."""
        return source.span(self.start, self.end, value=self.name, confidence=confidence)


@dataclass(frozen=True)
class PersonMentions:
    """Every mention of a person, in reading order."""

    mentions: tuple[PersonMention, ...] = ()
    _starts: tuple[int, ...] = field(default=())

    def mentions_in(self, start: int, end: int) -> list[PersonMention]:
        """The mentions that begin inside the range."""
        return list(self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)])


def find_people(source: SourceText, registers: Registers) -> PersonMentions:
    """Find the names, by their posts, in lists or on the register, and then every mention of them."""
    known = tuple(p.name for p in registers.persons if p.name in source.text)
    with_posts = [m for m in names_with_posts(source, known) if not _is_set_phrase(source, m)]
    loose = names_before_verbs(source) + names_in_lists(source) + names_before_brackets(source)
    loose += names_after_labels(source) + names_who_are(source)
    by_start = _merged([m for m in loose + with_posts if not _in_quoted_title(source.text, m)])
    read = {source.text[m.start : m.end] for m in by_start.values()}
    names = read | set(known)
    if not names:
        return PersonMentions()
    pattern = re.compile(either_of_many(names))
    mentions = [
        _mention(m, by_start)
        for m in pattern.finditer(source.text)
        if _is_readable(source, m.start()) and (m.group() in read or _stands_as_name(source.text, m))
    ]
    mentions += _addressed(source, mentions)
    mentions.sort(key=lambda m: m.start)
    return PersonMentions(tuple(mentions), tuple(p.start for p in mentions))


# the quoted name of a campaign or a meeting, which is nobody's name: “委员有约·企业家谈心”座谈会
AFTER_TITLE = re.compile(
    rf"”[{CJK}]{{0,8}}?(?:会|会议|活动|行动|工程|仪式|论坛|平台|品牌|机制|制度|沙龙|主题)"
)
LONGEST_TITLE = 20


def _in_quoted_title(text: str, mention: NameWithPosts) -> bool:
    """Whether what looks like a name stands in the quoted name of a meeting or a campaign."""
    first = min([start for start, _end in mention.posts], default=mention.start)
    opening = text.rfind("“", max(first - LONGEST_TITLE, 0), first + 1)
    closing = text.find("”", mention.end, mention.end + LONGEST_TITLE)
    if (
        opening < 0
        or closing < 0
        or closing - opening > LONGEST_TITLE
        or not AFTER_TITLE.match(text, closing)
    ):
        return False
    return not re.search(r"[”,。;:!?\n]", text[opening + 1 : closing])


BEFORE_KNOWN = re.compile(rf"(?:[^{CJK}(]|^|[、和及与由对向给同和是请让日午晚长记任席员事理裁人部工民表])$")


def _stands_as_name(text: str, match: re.Match[str]) -> bool:
    """Whether a name on the register that no rule reads here can be meant, and is no part of another word: 解放思想."""
    before = BEFORE_KNOWN.search(text, max(match.start() - 1, 0), match.start())
    addressed = text[match.start() - 1 : match.start()] in tuple("对向给同")
    least = STRONG if len(match.group()) <= SHORT and not addressed else WEAK
    return bool(before) and right_boundary(text, match.end()) >= least


def _addressed(source: SourceText, mentions: list[PersonMention]) -> list[PersonMention]:
    """The mentions of people by a form of address: 沈镇长 for the one 沈 whose post is that of a 镇长."""
    posts: dict[str, tuple[str, ...]] = {}
    for mention in mentions:
        printed = tuple(source.text[start:end] for start, end in mention.posts)
        posts[mention.name] = posts.get(mention.name, ()) + printed
    taken = {mention.start for mention in mentions}
    return [
        PersonMention(name, start, end)
        for name, start, end in forms_of_address(source, posts.items())
        if start not in taken and _is_readable(source, start)
    ]


def _merged(names: list[NameWithPosts]) -> dict[int, NameWithPosts]:
    """The names by where they begin; of two readings of one name the one with posts holds."""
    by_start: dict[int, NameWithPosts] = {}
    for name in names:
        known = by_start.get(name.start)
        if known is None or name.posts or not known.posts or name.end != known.end:
            by_start[name.start] = name
    return by_start


def _is_set_phrase(source: SourceText, mention: NameWithPosts) -> bool:
    post = source.text[mention.posts[-1][0] : mention.posts[-1][1]] if mention.posts else ""
    after = source.text[mention.end : mention.end + 10]
    return post.endswith("总书记") or bool(
        re.match(r"同志(?:为核心|.{0,4}思想)|新时代|重要(?:讲话|指示|论述)", after)
    )


def _mention(match: re.Match[str], by_start: dict[int, NameWithPosts]) -> PersonMention:
    mention = by_start.get(match.start())
    return PersonMention(match.group(), match.start(), match.end(), mention.posts if mention else ())


def _is_readable(source: SourceText, position: int) -> bool:
    return source.sentence_at(position).kind in {"body", "caption", "heading"}


def people_with_posts(
    source: SourceText, people: PersonMentions, registers: Registers
) -> tuple[ReportedPerson, ...]:
    """One entry for each name, with its posts as printed, each post once."""
    known = {p.name: p for p in registers.persons}
    entries: dict[str, tuple[TextSpan, dict[str, TextSpan]]] = {}
    for place in people.mentions:
        confidence = 90 if place.posts or place.name in known else 60
        by = "register" if place.name in known else "rule"
        kind = source.sentence_at(place.start).kind
        if kind != "body" and place.name not in entries:
            continue
        _, posts = entries.setdefault(
            place.name,
            (source.span(place.start, place.end, value=place.name, confidence=confidence, by=by), {}),
        )
        if kind == "body":
            for start, end in place.posts:
                posts.setdefault(source.text[start:end], source.span(start, end, confidence=90))
    return tuple(_with_conflict(name, posts, known) for name, posts in entries.values())


def _with_conflict(
    name: TextSpan, posts: dict[str, TextSpan], known: dict[str, KnownPerson]
) -> ReportedPerson:
    distinct = _without_repeats(posts)
    return ReportedPerson(name, tuple(distinct.values()), _conflict(name.value, tuple(distinct), known))


def _without_repeats(posts: dict[str, TextSpan]) -> dict[str, TextSpan]:
    """The posts without those that only repeat the end of another (副镇长 after 某镇副镇长)."""
    own = {p: s for p, s in posts.items() if not any(q != p and q.endswith(p) for q in posts)}
    specific = {p: s for p, s in own.items() if not p.endswith("领导")}
    return specific or own


def _conflict(name: str, posts: tuple[str, ...], known: dict[str, KnownPerson]) -> str:
    person = known.get(name)
    if person is None or not person.posts or not posts:
        return ""
    if any(a.endswith(b) or b.endswith(a) for a in posts for b in person.posts):
        return ""
    return f"登记册中{name}的职务为“{'、'.join(person.posts)}”,来稿写作“{'、'.join(posts)}”,请核对是否调任或同名。"
