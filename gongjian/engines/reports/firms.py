"""Finds firms in a range of the text."""

import re
from dataclasses import dataclass
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.counts import read_number
from gongjian.engines.reports.posts import cut_left
from gongjian.engines.reports.registers import Registers
from gongjian.engines.reports.vocabulary import CJK, any_of, either, grammar, words

LONGEST = 30
SHORTEST, SHORT_MIN, SHORT_MAX = 2, 4, 8
MAX_LISTED = 16
ITEM = rf"[{CJK}A-Za-z\d()·]"
JOIN = r"(?:、|以及|和|及|与)"
TOUR = re.compile(
    r"(?:来到|到|走访了?|深入到?(?!了解|推进|贯彻|学习|开展|实施|研究|分析|交流)|前往|走进|赴|察看了?|查看了?|考察了?|调研了?|参观了?|观摩了?|走访慰问了?|(?<=[市县区府团司会])与|分别与)(?P<items>[^,。;“”]{4,200}?)(?=[,。;“”]|等|调研|走访|考察|视察|督导|检查|看望|慰问|实地|开展|生产|车间|签|达成|举行|进行|合作|负责|$)"
)
LISTED = re.compile(
    rf"(?P<items>{ITEM}{{2,30}}(?:{JOIN}{ITEM}{{2,24}}){{1,30}})(?:等(?:\d{{1,4}}|[数多几]|[一二三四五六七八九十]{{1,4}})?(?:余|多)?家?[{CJK}]{{0,6}}?|(?:\d{{1,3}}|[两三四五六七八九十])家[{CJK}]{{0,4}}?)企业(?!家|负责人?座谈)"
)
NUMBERED = re.compile(r"(\d{1,3}|[三四五六七八九十]{1,3})家")
COMPANY = r"(?:\(集团\)|集团|控股|实业|投资)*(?:股份|有限责任|有限|集团|总|分|子)+公司|公司|(?:控股)?集团(?!军|化|式|成员)(?:总部)?|\(集团\)"
ITEM_END = r"(?=[,、。;)\s]|$|和|及|以及|等|会议室|车间|调研|走访|考察|视察|督导|检查|看望|慰问|负责人|董事长|总经理|获|荣获|被|作了|签订|老板|,)"


@dataclass(frozen=True)
class NameMention:
    """The name of a firm, project or sector in the text; `by` is register or rule."""

    value: str
    start: int
    end: int
    by: str = "rule"


@cache
def _full_ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{COMPANY}|{either(words('firms', 'full'))})(?!化|长|房|区|里)")


@cache
def _short_ending() -> re.Pattern[str]:
    return re.compile(rf"{either(words('firms', 'short'))}{ITEM_END}")


def find_firms(source: SourceText, start: int, end: int, registers: Registers) -> list[NameMention]:
    """The firms named in a range, in order: those on the register, then full names, then short names in lists."""
    text = source.text
    known = _firms_on_register(source, start, end, registers)
    full = [f for f in _names_with_ending(text, start, end, _full_ending()) if not _overlaps(f, known)]
    certain = known + [f for f in full if not _is_part_of_project(text, f.end)]
    loose = _listed_firms(text, start, end) + _firms_by_short_name(text, start, end)
    short = [f for f in loose if not _overlaps(f, known + full)]
    return longest_names(sorted(certain + short, key=lambda f: f.start))


def _is_part_of_project(text: str, end: int) -> bool:
    """Whether the name of a project goes on after the firm: 海拓新材料有限公司二期项目."""
    after = re.match(rf"(?P<more>[{CJK}\d]{{0,14}}?)(?:项目|工程)(?!负责|建设|经理)", text[end : end + 18])
    return bool(after) and not any_of("boundaries", "left").search(after["more"] if after else "")


def _listed_firms(text: str, start: int, end: int) -> list[NameMention]:
    """The items of lists that end in 等企业 or 等6家企业, each of which is a firm, and of lists after 先后来到."""
    firms: list[NameMention] = []
    for match in LISTED.finditer(text, start, end):
        listed = _items_of_list(text, match, certain=True)
        closed = text.startswith("等", match.end("items"))
        counted = NUMBERED.match(text, match.end("items"))
        whole = counted is not None and read_number(counted.group(1)) == len(listed)
        if (
            closed
            or whole
            or all(
                f.value.endswith(words("firms", "short")) or _full_ending().search(f.value) for f in listed
            )
        ):
            firms += listed
    for match in _tours(text, start, end):
        firms += [f for f in _items_of_list(text, match, certain=False) if not _overlaps(f, firms)]
    return firms


def _items_of_list(text: str, match: re.Match[str], *, certain: bool) -> list[NameMention]:
    """The firms among the items of a list; of a `certain` list of firms also those without the ending of a firm."""
    firms: list[NameMention] = []
    low = match.start("items")
    for item in _divided(match["items"]):
        at = text.find(item, low, match.end("items"))
        low = at + len(item)
        first = cut_left(text, at, low, joined=False)
        if first > at:
            firms.clear()  # what stands before 来到 is no item of the list
        ranked = _rank_within().search(text, first, low)
        end = ranked.start() - (text[ranked.start() - 1] in "副总") if ranked else low
        name = text[first:end]
        sure = certain and (not ranked or name.endswith(words("firms", "short")))
        if SHORT_MIN - 1 <= len(name) <= MAX_LISTED and _is_listed_firm(name, certain=sure):
            firms.append(NameMention(name, first, end))
    return firms


def _divided(items: str) -> list[str]:
    """The items of a list; 和 divides only the last two, and only where both are long enough to be names."""
    pieces = [p for p in re.split(r"、|以及", items) if p]
    last = re.split(r"等", pieces[-1])[0] if pieces else ""
    cut = re.search(r"(?<=.{3})[和及与](?=.{3})", last)
    return [*pieces[:-1], *([last[: cut.start()], last[cut.end() :]] if cut else [last])]


def _tours(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The lists after 先后来到 that contain at least one firm."""
    tours = TOUR.finditer(text, start, end)
    return [
        m
        for m in tours
        if "、" in m["items"]
        and not re.match(r"等?(?:行业|产业|领域|方面)", text[m.end() : m.end() + 4])
        and (_full_ending().search(m["items"]) or _short_ending().search(m["items"] + ","))
    ]


def _is_listed_firm(name: str, *, certain: bool) -> bool:
    generic = words("sectors", "names") + words("firms", "generic")
    if name in generic or name.endswith(words("firms", "not_firms")):
        return False
    if re.search(r"项目|工程|(?<![假景])区$|[的了]|\d吨|年产", name):
        return False
    return certain or not re.search(r"[园区]$|基地|中心|小镇|[镇乡村](?=[一-鿿]{0,2}$)", name)


def _firms_on_register(source: SourceText, start: int, end: int, registers: Registers) -> list[NameMention]:
    names = {
        n: e.name
        for e in registers.enterprises
        for n in (e.name, *e.short_names)
        if source.text.find(n, start, end) >= 0
    }
    if not names:
        return []
    pattern = re.compile(either(tuple(sorted(names, key=len, reverse=True))))
    return [
        NameMention(m.group(), m.start(), m.end(), "register")
        for m in pattern.finditer(source.text, start, end)
    ]


def _overlaps(mention: NameMention, others: list[NameMention]) -> bool:
    return any(mention.start < o.end and o.start < mention.end for o in others)


def longest_names(mentions: list[NameMention]) -> list[NameMention]:
    """Each name once, without those that are part of a longer name."""
    by_name: dict[str, NameMention] = {}
    for mention in mentions:
        by_name.setdefault(mention.value, mention)
    return [f for v, f in by_name.items() if not any(v != w and v in w for w in by_name)]


def _names_with_ending(text: str, start: int, end: int, ending: re.Pattern[str]) -> list[NameMention]:
    names: list[NameMention] = []
    floor = start
    for match in ending.finditer(text, start, end):
        low = noun_start(text, match.start(), max(floor, match.start() - LONGEST), match.end())
        stem = text[low : match.start()]
        floor = match.end()
        if _is_stem(stem):
            names.append(NameMention(text[low : match.end()], low, match.end()))
    return names


def noun_start(text: str, position: int, floor: int, end: int) -> int:
    """Where a name that ends at `end` begins, at most at `floor`; `position` is where its ending begins."""
    low = position
    while low > floor and (text[low - 1].isalnum() or text[low - 1] in "()·&"):
        low -= 1
    while low < position and text[low] in ")·&":
        low += 1
    if text.count("(", low, position) != text.count(")", low, position):
        low = max(text.rfind("(", low, position), text.rfind(")", low, position)) + 1
    return _after_join(text, cut_left(text, low, end, joined=False), end)


@cache
def _rank_within() -> re.Pattern[str]:
    return re.compile(either(grammar("posts", "ranks")))


def _after_join(text: str, low: int, end: int) -> int:
    """The start of the last name where two are joined by 和; a 和 inside a name (天和药业) stays."""
    low += text[low] in "和及与" and end - low > SHORT_MIN
    for match in re.compile(r"[和及与]").finditer(text, low, end):
        first = text[low : match.start()]
        whole = first.endswith(words("firms", "short")) or _full_ending().search(first)
        if whole or _rank_within().search(first) or re.search(r"[市县区镇委府]$", first):
            low = match.end()
    return low


def _is_stem(stem: str) -> bool:
    if len(stem) < SHORTEST or stem in words("firms", "generic") or stem.isdigit():
        return False
    remainder = stem
    for word in words("firms", "generic"):
        remainder = (
            remainder.replace(word, "", 1) if remainder.startswith(word) and len(word) > 1 else remainder
        )
    return len(remainder) >= 1 and not re.match(
        r"[一二三四五六七八九十\d]+[家个]|[的了]|各|每|多|该|本|某", stem
    )


def _firms_by_short_name(text: str, start: int, end: int) -> list[NameMention]:
    firms: list[NameMention] = []
    for match in _short_ending().finditer(text, start, end):
        low = noun_start(text, match.start(), max(start, match.start() - LONGEST), match.end())
        name = text[low : match.end()]
        if SHORT_MIN <= len(name) <= SHORT_MAX and _is_short_name(text, name, low, match):
            firms.append(NameMention(name, low, match.end()))
    return firms


def _is_short_name(text: str, name: str, low: int, match: re.Match[str]) -> bool:
    """Whether a name is the short name of a firm: not a sector or a field of work, and where the name of a place could stand."""
    stem = text[low : match.start()]
    if (
        name in words("sectors", "names")
        or stem in words("firms", "generic")
        or not re.fullmatch(rf"[{CJK}A-Z]{{2,5}}", stem)
    ):
        return False
    if stem in words("sectors", "names") or any_of("firms", "generic").match(stem) or stem[-1] in "的业和":
        return False
    after = text[match.end() : match.end() + 12]
    return not re.match(
        r"(?:、[^,。]{0,8})?等?(?:行业|产业|领域|方面|工作|情况|企业发展)|等(?:重点)?(?:产业|行业|领域)",
        after,
    ) and _stands_where_a_place_does(text, low, match.end())


def _stands_where_a_place_does(text: str, low: int, end: int) -> bool:
    before = text[max(low - 3, 0) : low]
    visited = before.endswith(
        (
            "到",
            "进",
            "访",
            "访了",
            "看了",
            "看",
            "赴",
            "入",
            "察",
            "在",
            "问",
            "望",
            "望了",
            "研",
            "研了",
            "往",
            "抵达",
            "过",
        )
    )
    follows = text[end : end + 1] == "、" and bool(_short_ending().search(text, end + 1, end + SHORT_MAX + 2))
    listed = (before.endswith(("、", "和", "及")) and text[end : end + 1] != "业") or follows
    led = re.match(r"(?:集团)?(?:负责人|董事长|(?:副)?总经理|总裁|厂长|经理)", text[end : end + 6])
    return visited or listed or bool(led)
