"""Names without a post at the head of a clause, and forms of address (沈镇长) for people already named."""

import re
from collections.abc import Iterable
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.name_lists import NameWithPosts
from gongjian.engines.reports.names import looks_like_name
from gongjian.engines.reports.vocabulary import CJK, either, grammar, words

SHORT = 2
TITLES = (
    "书记",
    "市长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "州长",
    "旗长",
    "主任",
    "局长",
    "部长",
    "主席",
    "董事长",
    "总经理",
    "总",
)


@cache
def _before_names() -> str:
    """What a name without a post may follow: what somebody is (工人甲), or the short name of his firm (海拓食品甲提出)."""
    firms = tuple(w for w in words("firms", "short") if len(w) == SHORT)
    return either(words("names", "callings") + firms)


@cache
def _name_before_verb() -> re.Pattern[str]:
    acts = either(words("verbs", "presiding"))
    says = either(words("verbs", "presenting"))
    clause = rf"(?:(?<=[,。;:!?\n”)日午晚由])|^|(?<=会议由)|(?<={_before_names()}))"
    return re.compile(
        rf"{clause}(?P<name>[{CJK}]{{2,4}}?)(?:(?P<acts>(?:先后|亲自|再次|分别)?{acts}|在(?=[^,。;]{{4,60}}?陪同下))|(?={says}|:“))",
        re.MULTILINE,
    )


def names_before_brackets(source: SourceText) -> list[NameWithPosts]:
    """Names with their post in a bracket after them: 许怀远(县委书记)."""
    ranks = either(grammar("posts", "ranks"))
    pattern = re.compile(rf"(?<![{CJK}])(?P<name>[{CJK}]{{2,4}})\((?P<post>[{CJK}、]{{0,20}}{ranks})\)")
    return [
        NameWithPosts(*match.span("name"), tuple(_listed(*match.span("post"), source.text)))
        for match in pattern.finditer(source.text)
        if looks_like_name(match["name"])
    ]


def names_who_are(source: SourceText) -> list[NameWithPosts]:
    """Names that a clause gives their post: 许怀远是园区党工委书记,…."""
    ranks = either(grammar("posts", "ranks"))
    pattern = re.compile(
        rf"(?<![{CJK}])(?P<name>[{CJK}]{{2,4}})是(?P<post>[{CJK}]{{2,20}}?{ranks})(?=[,。;])"
    )
    return [
        NameWithPosts(*match.span("name"), (match.span("post"),))
        for match in pattern.finditer(source.text)
        if looks_like_name(match["name"])
    ]


def _listed(start: int, end: int, text: str) -> list[tuple[int, int]]:
    return [(start + m.start(), start + m.end()) for m in re.finditer("[^、]+", text[start:end])]


def names_before_verbs(source: SourceText) -> list[NameWithPosts]:
    """Names at the head of a clause before what only a person does: 甲某主持会议, 乙某在会上强调."""
    found: list[NameWithPosts] = []
    for sentence in source.sentences:
        if sentence.kind == "body":
            for match in _name_before_verb().finditer(source.text, sentence.start, sentence.end):
                name = match["name"]
                known = match["acts"] or len(name) > SHORT or _stands_alone_elsewhere(source.text, match)
                if known and looks_like_name(name):
                    found.append(NameWithPosts(match.start("name"), match.end("name")))
    return found


def _stands_alone_elsewhere(text: str, match: re.Match[str]) -> bool:
    """Whether a name of two characters is found once more before a verb or a comma."""
    low = max(match.start() - 3000, 0)
    again = re.compile(rf"{match['name']}(?:[,、。]|{either(words('verbs', 'presenting'))})")
    return sum(1 for _ in again.finditer(text, low, match.start() + 3000)) >= SHORT


def forms_of_address(
    source: SourceText, people: Iterable[tuple[str, tuple[str, ...]]]
) -> list[tuple[str, int, int]]:
    """Every form of address (surname and title) with the one person it stands for, as name, start and end."""
    by_title: dict[str, set[str]] = {}
    for name, posts in people:
        for title in TITLES:
            if any(_fits(post, title) for post in posts):
                for length in (1, 2):
                    by_title.setdefault(name[:length] + title, set()).add(name)
    titles = {t: next(iter(names)) for t, names in by_title.items() if len(names) == 1}
    if not titles:
        return []
    pattern = re.compile(
        rf"(?<![{CJK}])(?P<form>{either(tuple(sorted(titles, key=len, reverse=True)))})(?!、|[{CJK}]{{0,3}}、)"
    )
    return [(titles[m["form"]], m.start("form"), m.end("form")) for m in pattern.finditer(source.text)]


def _fits(post: str, title: str) -> bool:
    """Whether somebody with this post is addressed by the title; a deputy is addressed as the principal."""
    return post.endswith(title) or (title == "总" and post.endswith(("总经理", "董事长", "总裁")))
