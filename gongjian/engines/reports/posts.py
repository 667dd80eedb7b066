"""Posts (职务) in running text: a rank, its organ to the left, lists joined by 、 and the name that follows."""

import re
from dataclasses import dataclass
from functools import cache

from gongjian.engines.reports.clean_text import Sentence, Source
from gongjian.engines.reports.names import looks_like_name, name_at, surname_length
from gongjian.engines.reports.vocabulary import CJK, either, grammar, words

MAX_ORGAN = 34
MANY, FULL = 4, 3  # in a list of four names an unusual surname is believed
DEPUTY = re.compile(r"(?:党组|党委|常务|专职|执行|第一|代理|副|代|总|原)+$")
MASK = "＃"
PLACE_TAIL = "市县区镇乡州旗盟委府办局部院校厂会处科所站"


@dataclass(frozen=True)
class Mention:
    """A name in the text with the ranges of the posts printed with it."""

    start: int
    end: int
    posts: tuple[tuple[int, int], ...] = ()


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"{either(grammar('posts', 'ranks'))}(?!{either(grammar('posts', 'not_before'))})")


@cache
def _left() -> re.Pattern[str]:
    joined = r"和(?!自然|规划|信息化|城|改革|社会|旅游|体育|商务|科技|水|草原|农村|国土|卫生|技术|林业|综合|计划|军人|金融|生态|环境)"
    return re.compile(rf"{either(words('boundaries', 'left'))}|{joined}")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(either(words("boundaries", "whole")))


def cut_left(text: str, start: int, end: int) -> int:
    """Start of the noun that ends at `end`: after the last preposition, verb or date word in the range."""
    segment = _whole().sub(lambda m: MASK * len(m.group()), text[start:end])
    last = start
    for found in _left().finditer(segment):
        if found.end() < len(segment):
            last = start + found.end()
    return last


def mentions(source: Source) -> list[Mention]:
    """Every name that stands with a post, in order."""
    found: list[Mention] = []
    for sentence in source.sentences:
        if sentence.kind in {"body", "heading", "caption"}:
            found += _in_sentence(source.text, sentence)
    return found


def _in_sentence(text: str, sentence: Sentence) -> list[Mention]:
    spans = _post_spans(text, sentence)
    found: list[Mention] = []
    index = 0
    while index < len(spans):
        group = [spans[index]]
        while index + 1 < len(spans) and _joined(text, group[-1][1], spans[index + 1][0]):
            index += 1
            group.append(spans[index])
        index += 1
        found += _named(text, sentence, group)
    return found


def _joined(text: str, end: int, start: int) -> bool:
    """Posts in one list: 、 between them, or nothing, or a remark in brackets."""
    return start >= end and bool(re.fullmatch(r"(?:\([^()]{1,12}\))?[、兼]?", text[end:start]))


def _post_spans(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    floor = sentence.start
    for rank in _rank().finditer(text, sentence.start, sentence.end):
        low = _run_start(text, rank.start(), max(floor, sentence.start, rank.start() - MAX_ORGAN))
        start = cut_left(text, low, rank.end())
        if start < rank.end():
            spans.append((start, rank.end()))
            floor = rank.end()
    return spans


def _run_start(text: str, end: int, floor: int) -> int:
    """Walk left over characters an organ's name may hold; brackets only in pairs."""
    position, closed = end, 0
    while position > floor:
        char = text[position - 1]
        if char == ")":
            closed += 1
        elif char == "(":
            if not closed:
                break
            closed -= 1
        elif not (char.isalpha() or char == "·" or (closed and char == "、")):
            break
        position -= 1
    return position if not closed else text.rfind(")", position, end) + 1


def _named(text: str, sentence: Sentence, group: list[tuple[int, int]]) -> list[Mention]:
    """Names bound to one list of posts, before or after it."""
    start, end = group[-1]
    at = end + 1 if text[end : end + 1] == " " else end
    stop = min(name_at(text, at), sentence.end)
    if stop > at and not _is_honorific(text, start, end):
        return [Mention(at, stop, tuple(group)), *_carried(text, sentence, stop, group)]
    first = group[0]
    turned = _turned(text, *first)
    return [turned] if turned else []


def _is_honorific(text: str, start: int, end: int) -> bool:
    """叶区长 is a form of address, not a post."""
    rank = _last_rank(text, start, end)
    return (
        rank - start == 1
        and surname_length(text[start]) == 1
        and text[start] not in "市县区镇乡州旗省副总代院校局厅处科部站所厂村"
    )


def _last_rank(text: str, start: int, end: int) -> int:
    rank = next((r for r in _rank().finditer(text, start, end) if r.end() == end), None)
    at = rank.start() if rank else end
    deputy = DEPUTY.search(text, start, at)
    return deputy.start() if deputy and deputy.end() == at else at


def _turned(text: str, start: int, end: int) -> Mention | None:
    """The post after the name: 张某副主任."""
    rank = _last_rank(text, start, end)
    word = text[start:rank]
    if not re.search(r"(?:长|主任|书记|主席|经理|总裁)$", text[rank:end]):
        return None
    if not looks_like_name(word) or word[-1] in PLACE_TAIL or rank == end:
        return None
    if any(f"{word}{tail}" in text for tail in "市县区镇乡州省"):
        return None
    return Mention(start, rank, ((rank, end),))


def _carried(text: str, sentence: Sentence, stop: int, group: list[tuple[int, int]]) -> list[Mention]:
    """副市长甲、乙: the post goes on to the next names of the list."""
    last = group[-1]
    if not text[slice(*last)].endswith(grammar("posts", "carry")) or len(group) > 1:
        return []
    found: list[Mention] = []
    while stop < sentence.end and text[stop] in "、和":
        end = _next_in_list(text, stop + 1, sentence.end)
        if end == stop + 1:
            break
        found.append(Mention(stop + 1, end, (last,)))
        stop = end
    return found


def _next_in_list(text: str, start: int, limit: int) -> int:
    """End of the next name of a list; among names an unusual surname is believed."""
    item = re.compile(rf"[{CJK}]{{2,3}}(?=[、,;。])").match(text, start, limit)
    if (
        item
        and item.group()[-1] not in PLACE_TAIL
        and not item.group().startswith(words("names", "not_names"))
    ):
        return item.end()
    end = name_at(text, start)
    tail = _rank().search(text, end, min(end + MAX_ORGAN, limit))
    post_next = tail and re.fullmatch(rf"[{CJK}]*", text[end : tail.start()]) and not _ends_name(text, end)
    return start if post_next else end


def _ends_name(text: str, end: int) -> bool:
    after = text[end : end + 4]
    return (
        not after
        or after[0] in "、,。;和及与等"
        or after.startswith((*grammar("posts", "after_name"), "带领", "等"))
    )


def listed(source: Source) -> list[Mention]:
    """Names without a post in a closing list: 甲、乙、丙参加, or before their common post: 甲、乙等市领导."""
    closing = either(grammar("posts", "after_name"))
    pattern = re.compile(
        rf"(?<![{CJK}])(?:[{CJK}]{{2,4}}、){{1,40}}[{CJK}]{{2,3}}(?=(?:等)?(?:{closing}|(?P<post>[省市县区]领导)))"
    )
    found: list[Mention] = []
    for sentence in source.sentences:
        if sentence.kind == "body":
            for match in pattern.finditer(source.text, sentence.start, sentence.end):
                found += _whole_list(match)
    return found


def _whole_list(match: re.Match[str]) -> list[Mention]:
    position = match.start()
    found: list[Mention] = []
    post = (match.span("post"),) if match["post"] else ()
    items = match.group().split("、")
    for word in items:
        if not looks_like_name(word) and (len(items) < MANY or len(word) > FULL or word[-1] in PLACE_TAIL):
            return []
        found.append(Mention(position, position + len(word), post))
        position += len(word) + 1
    return found
