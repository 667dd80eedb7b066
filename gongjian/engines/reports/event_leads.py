"""Who leads an event: whoever presides over it or speaks for it, not whoever is named first."""

import re
from functools import cache

from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.people import PersonMention, PersonMentions
from gongjian.engines.reports.vocabulary import either, grammar

FARTHEST = 60  # characters after a name in which its clause ends
ENDS = re.compile("[。;]")
Places = dict[str, list[tuple[int, int]]]


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(either(grammar("leads", "leading")))


@cache
def _following() -> re.Pattern[str]:
    return re.compile(either(grammar("leads", "following")))


def lead_of(
    text: str, people: list[PersonMention], mentions: PersonMentions, sentences: list[Sentence]
) -> PersonMention | None:
    """The leader among the people of an event: the first named, unless he only reports or is honoured and another presides."""
    if not people:
        return None
    first = people[0]
    named = [m for s in sentences for m in mentions.mentions_in(s.start, s.end)]
    if not _only_follows(text, first, mentions):
        return next((m for m in named if _is_above(text, m, first, mentions)), first)
    leading = next((m for m in named if _leads(text, m, mentions)), None)
    if leading is not None and is_of_a_firm(text, first) and _is_banker(text, leading):
        return first  # two firms sign, one of them a bank
    if leading is None and is_of_a_firm(text, first):
        leading = next((m for m in named if _is_official(text, m)), None)
    return _first_named_with(text, leading, named) if leading else first


def _first_named_with(text: str, leader: PersonMention, named: list[PersonMention]) -> PersonMention:
    """The first of two named together: 甲 in 区委书记甲、区长乙在会上讲话."""
    begins = min([start for start, _end in leader.posts], default=leader.start)
    joint = (m for m in named if m.posts and re.fullmatch(r"[、和]|以及", text[m.end : begins]))
    return next(joint, leader)


def _is_banker(text: str, mention: PersonMention) -> bool:
    return any(text[start:end].endswith("行长") for start, end in mention.posts)


def _is_official(text: str, mention: PersonMention) -> bool:
    posts = "".join(text[start:end] for start, end in mention.posts)
    return bool(re.search(r"书记|[市县区镇乡州旗]长|主任|主席|局长", posts)) and not is_of_a_firm(
        text, mention
    )


def _clause_after(text: str, mention: PersonMention, mentions: PersonMentions) -> str:
    """What the sentence says of a person: up to its end, a semicolon or the next person with a post."""
    last = min(mention.end + FARTHEST, len(text))
    stop = ENDS.search(text, mention.end, last)
    end = stop.start() if stop else last
    others = [m for m in mentions.mentions_in(mention.end, end) if m.posts]
    return text[mention.end : others[0].posts[0][0] if others else end]


def is_of_a_firm(text: str, mention: PersonMention) -> bool:
    """Whether somebody is of a firm, a shop or a chamber, by the post printed here."""
    posts = "".join(text[start:end] for start, end in mention.posts)
    return bool(
        re.search(
            r"公司|集团|厂|董事|经理|总裁|商会|协会|店|老板|摊主|业主|企业家|创始人|掌柜|职工|工人", posts
        )
    )


def _only_follows(text: str, mention: PersonMention, mentions: PersonMentions) -> bool:
    clause = _clause_after(text, mention, mentions)
    return (is_of_a_firm(text, mention) or bool(_following().search(clause))) and not (
        _leading().search(clause) and not is_of_a_firm(text, mention)
    )


def _is_above(text: str, other: PersonMention, first: PersonMention, mentions: PersonMentions) -> bool:
    """Whether a principal (县委书记) speaks at a meeting over which the deputy named first only presides."""
    posts, others = ("".join(text[a:b] for a, b in m.posts) for m in (first, other))
    presides = _clause_after(text, first, mentions).startswith("主持")
    speaks = re.match(r"(?:同志)?(?:出席|作|讲话|到会)", _clause_after(text, other, mentions))
    return (
        "副" in posts
        and presides
        and bool(speaks)
        and "副" not in others
        and bool(re.search(r"书记|[市县区镇乡州]长", others))
    )


def _leads(text: str, mention: PersonMention, mentions: PersonMentions) -> bool:
    if is_of_a_firm(text, mention):
        return False
    clause = _clause_after(text, mention, mentions)
    return bool(_leading().search(clause)) and not _following().match(clause)
