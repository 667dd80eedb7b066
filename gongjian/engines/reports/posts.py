"""Posts (职务) in running text: a rank, the organ before it, lists joined by 、 and the name beside them."""

import re
from dataclasses import dataclass
from functools import cache

from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.names import looks_like_name, name_at, surname_length
from gongjian.engines.reports.vocabulary import CJK, either, grammar, words

MAX_ORGAN = 34
MANY, FULL = 4, 3  # in a list of four names an unusual surname is accepted
DEPUTY = re.compile(r"(?:党组|党委|常务|专职|执行|第一|代理|副|代|总|原)+$")
MASK = "＃"
PLACE_TAIL = "市县区镇乡州旗盟委府办局部院校厂会处科所站"


@dataclass(frozen=True)
class NameWithPosts:
    """A name in the text, with the ranges of the posts printed beside it."""

    start: int
    end: int
    posts: tuple[tuple[int, int], ...] = ()


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"{either(grammar('posts', 'ranks'))}(?!{either(grammar('posts', 'not_before'))})")


@cache
def _left_boundaries() -> re.Pattern[str]:
    joined = r"和(?!自然|规划|信息化|城|改革|社会|旅游|体育|商务|科技|水|草原|农村|国土|卫生|技术|林业|综合|计划|军人|金融|生态|环境)"
    return re.compile(rf"{either(words('boundaries', 'left'))}|{joined}")


@cache
def _unbroken_words() -> re.Pattern[str]:
    return re.compile(either(words("boundaries", "whole")))


def cut_left(text: str, start: int, end: int) -> int:
    """The start of the noun that ends at `end`: after the last preposition, verb or date word in the range."""
    segment = _unbroken_words().sub(lambda m: MASK * len(m.group()), text[start:end])
    last = start
    for boundary in _left_boundaries().finditer(segment):
        if boundary.end() < len(segment):
            last = start + boundary.end()
    return last


def names_with_posts(source: SourceText) -> list[NameWithPosts]:
    """Every name with a post beside it, in order."""
    names: list[NameWithPosts] = []
    for sentence in source.sentences:
        if sentence.kind in {"body", "heading", "caption"}:
            names += _names_in_sentence(source.text, sentence)
    return names


def _names_in_sentence(text: str, sentence: Sentence) -> list[NameWithPosts]:
    spans = _post_spans(text, sentence)
    names: list[NameWithPosts] = []
    index = 0
    while index < len(spans):
        group = [spans[index]]
        while index + 1 < len(spans) and _is_one_list(text, group[-1][1], spans[index + 1][0]):
            index += 1
            group.append(spans[index])
        index += 1
        names += _names_beside_posts(text, sentence, group)
    return names


def _is_one_list(text: str, end: int, start: int) -> bool:
    """Whether two posts belong to one list: 、, nothing or a remark in brackets stands between them."""
    return start >= end and bool(re.fullmatch(r"(?:\([^()]{1,12}\))?[、兼]?", text[end:start]))


def _post_spans(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    floor = sentence.start
    for rank in _rank().finditer(text, sentence.start, sentence.end):
        low = _organ_start(text, rank.start(), max(floor, sentence.start, rank.start() - MAX_ORGAN))
        start = cut_left(text, low, rank.end())
        if start < rank.end():
            spans.append((start, rank.end()))
            floor = rank.end()
    return spans


def _organ_start(text: str, end: int, floor: int) -> int:
    """The start of the characters before `end` that the name of an organ may contain; brackets only in pairs."""
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


def _names_beside_posts(text: str, sentence: Sentence, group: list[tuple[int, int]]) -> list[NameWithPosts]:
    """The names that one list of posts belongs to, after it or before it."""
    start, end = group[-1]
    at = end + 1 if text[end : end + 1] == " " else end
    stop = min(name_at(text, at), sentence.end)
    if stop > at and not _is_honorific(text, start, end):
        return [NameWithPosts(at, stop, tuple(group)), *_names_sharing_post(text, sentence, stop, group)]
    first = group[0]
    turned = _name_before_post(text, *first)
    return [turned] if turned else []


def _is_honorific(text: str, start: int, end: int) -> bool:
    """Whether it is a form of address such as 叶区长, not a post."""
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


def _name_before_post(text: str, start: int, end: int) -> NameWithPosts | None:
    """The name before its post, as in 张某副主任; None when there is none."""
    rank = _last_rank(text, start, end)
    word = text[start:rank]
    if not re.search(r"(?:长|主任|书记|主席|经理|总裁)$", text[rank:end]):
        return None
    if not looks_like_name(word) or word[-1] in PLACE_TAIL or rank == end:
        return None
    if any(f"{word}{tail}" in text for tail in "市县区镇乡州省"):
        return None
    return NameWithPosts(start, rank, ((rank, end),))


def _names_sharing_post(
    text: str, sentence: Sentence, stop: int, group: list[tuple[int, int]]
) -> list[NameWithPosts]:
    """The further names that share the post: 乙 in 副市长甲、乙."""
    last = group[-1]
    if not text[slice(*last)].endswith(grammar("posts", "carry")) or len(group) > 1:
        return []
    names: list[NameWithPosts] = []
    while stop < sentence.end and text[stop] in "、和":
        end = _next_in_list(text, stop + 1, sentence.end)
        if end == stop + 1:
            break
        names.append(NameWithPosts(stop + 1, end, (last,)))
        stop = end
    return names


def _next_in_list(text: str, start: int, limit: int) -> int:
    """The end of the next name of a list, where an unusual surname is accepted; `start` itself without one."""
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


def names_in_lists(source: SourceText) -> list[NameWithPosts]:
    """Names in a closing list: 甲、乙、丙参加, or before the post they share: 甲、乙等市领导."""
    closing = either(grammar("posts", "after_name"))
    pattern = re.compile(
        rf"(?<![{CJK}])(?:[{CJK}]{{2,4}}、){{1,40}}[{CJK}]{{2,3}}(?=(?:等)?(?:{closing}|(?P<post>[省市县区]领导)))"
    )
    names: list[NameWithPosts] = []
    for sentence in source.sentences:
        if sentence.kind == "body":
            for match in pattern.finditer(source.text, sentence.start, sentence.end):
                names += _names_of_list(match)
    return names


def _names_of_list(match: re.Match[str]) -> list[NameWithPosts]:
    position = match.start()
    names: list[NameWithPosts] = []
    post = (match.span("post"),) if match["post"] else ()
    items = match.group().split("、")
    for word in items:
        if not looks_like_name(word) and (len(items) < MANY or len(word) > FULL or word[-1] in PLACE_TAIL):
            return []
        names.append(NameWithPosts(position, position + len(word), post))
        position += len(word) + 1
    return names
