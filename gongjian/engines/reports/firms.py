"""Finds firms, projects, sectors and counts in a range of the text."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.draft import ReportedCount
from gongjian.engines.reports.posts import cut_left
from gongjian.engines.reports.registers import Registers
from gongjian.engines.reports.vocabulary import CJK, any_of, either, words

LONGEST = 30
SHORTEST, SHORT_MIN, SHORT_MAX = 2, 4, 8
CN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
NUMBER = re.compile(
    r"(?P<n>(?<![\d.])\d{1,9}(?:\.\d{1,4})?|[一二两三四五六七八九十百千]{1,7})(?P<more>多|余)?(?P<u>亿美元|亿元|万元|亿|家|余家|名|余名|位|余位|户|个|项|条|件)"
)
MAX_LISTED = 14
TOUR = re.compile(
    r"(?:先后|分别|依次|一行)(?:来到|到|走访了?|深入|前往|走进|赴|察看了?)(?P<items>[^,。;“”]{4,160})"
)
LISTED = re.compile(
    rf"(?P<items>[{CJK}A-Za-z()·]{{2,24}}(?:[、和及][{CJK}A-Za-z()·]{{2,20}}){{1,30}})等(?:\d{{1,4}}|[数多几]|[一二三四五六七八九十]{{1,4}})?(?:余|多)?家?(?:重点|工业|骨干|规上|本地|辖区)?企业(?!家|负责人?座谈)"
)
ITEM_END = r"(?=[,、。;)\s]|$|和|及|以及|等|会议室|车间|调研|走访|考察|视察|督导|检查|看望|慰问|负责人|董事长|总经理|,)"


@dataclass(frozen=True)
class NameMention:
    """The name of a firm, project or sector in the text; `by` is register or rule."""

    value: str
    start: int
    end: int
    by: str = "rule"


@cache
def _full_ending() -> re.Pattern[str]:
    return re.compile(rf"{either(words('firms', 'full'))}(?![{CJK}]?(?:化|长|房|区))")


@cache
def _short_ending() -> re.Pattern[str]:
    return re.compile(rf"{either(words('firms', 'short'))}{ITEM_END}")


@cache
def _project_ending() -> re.Pattern[str]:
    return re.compile(either(words("firms", "project")))


def find_firms(source: SourceText, start: int, end: int, registers: Registers) -> list[NameMention]:
    """The firms named in a range, in order: those on the register, then full names, then short names in lists."""
    known = _firms_on_register(source, start, end, registers)
    full = [f for f in _names_with_ending(source.text, start, end, _full_ending()) if not _overlaps(f, known)]
    certain = known + full
    loose = _listed_firms(source.text, start, end) + _firms_by_short_name(source.text, start, end)
    short = [f for f in loose if not _overlaps(f, certain)]
    return _longest_names(sorted(certain + short, key=lambda f: f.start))


def _listed_firms(text: str, start: int, end: int) -> list[NameMention]:
    """The items of lists that end in 等企业 or 等6家企业, each of which is a firm, and of lists after 先后来到."""
    firms: list[NameMention] = []
    for match in [*LISTED.finditer(text, start, end), *_tours(text, start, end)]:
        low = match.start("items")
        for item in re.split(r"[、和及]", match["items"]):
            first = cut_left(text, low, low + len(item)) if item else low
            name = text[first : low + len(item)]
            if SHORT_MIN - 1 <= len(name) <= MAX_LISTED and _is_listed_firm(name):
                firms.append(NameMention(name, first, low + len(item)))
            low += len(item) + 1
    return firms


def _tours(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The lists after 先后来到 that contain at least one firm."""
    tours = TOUR.finditer(text, start, end)
    return [
        m
        for m in tours
        if "、" in m["items"]
        and (_full_ending().search(m["items"]) or _short_ending().search(m["items"] + ","))
    ]


def _is_listed_firm(name: str) -> bool:
    generic = words("sectors", "names") + words("firms", "generic")
    return name not in generic and not re.search(
        r"项目|工程|[镇乡村局委办]$|行业|产业|领域|[区园]$|基地|中心|现场|街道|政府|学校|医院|工地|小镇|会议室|车间|\d|[的了]",
        name,
    )


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


def _longest_names(mentions: list[NameMention]) -> list[NameMention]:
    """Each name once, without those that are part of a longer name."""
    by_name: dict[str, NameMention] = {}
    for mention in mentions:
        by_name.setdefault(mention.value, mention)
    return [f for v, f in by_name.items() if not any(v != w and v in w for w in by_name)]


def _names_with_ending(text: str, start: int, end: int, ending: re.Pattern[str]) -> list[NameMention]:
    names: list[NameMention] = []
    floor = start
    for match in ending.finditer(text, start, end):
        low = _noun_start(text, match.start(), max(floor, match.start() - LONGEST), match.end())
        stem = text[low : match.start()]
        floor = match.end()
        if _is_stem(stem):
            names.append(NameMention(text[low : match.end()], low, match.end()))
    return names


def _noun_start(text: str, position: int, floor: int, end: int) -> int:
    low = position
    while low > floor and (text[low - 1].isalnum() or text[low - 1] in "()·&"):
        low -= 1
    while low < position and text[low] in ")·&":
        low += 1
    if text.count("(", low, position) != text.count(")", low, position):
        low = max(text.rfind("(", low, position), text.rfind(")", low, position)) + 1
    return cut_left(text, low, end)


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
        low = _noun_start(text, match.start(), max(start, match.start() - LONGEST), match.end())
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
    listed = before.endswith(("、", "和", "及")) and text[end : end + 1] != "业"
    return visited or listed


def find_projects(source: SourceText, start: int, end: int) -> list[NameMention]:
    """The projects named in a range, each once."""
    projects: list[NameMention] = []
    floor = start
    for match in _project_ending().finditer(source.text, start, end):
        low = _noun_start(source.text, match.start(), max(floor, match.start() - LONGEST), match.end())
        floor = match.end()
        stem = re.sub(r"^(?:\d{1,9}(?:\.\d{1,4})?(?:亿|万)?元?)", "", source.text[low : match.start()])
        low = match.start() - len(stem)
        if _is_project(stem) and not _names_no_project(source.text, match.end()):
            projects.append(NameMention(source.text[low : match.end()], low, match.end()))
    return _longest_names(projects)


def _names_no_project(text: str, end: int) -> bool:
    """Whether the word goes on, as in 项目建设 or 工程师, and so names no project."""
    return bool(
        re.match(
            r"建设(?!现场)|师|推进|招引|落地|谋划|清单|审批|数|投资|库|质量|[是要将]|为王|投产|负责|储备|签约|专班|部|攻坚|双",
            text[end : end + 3],
        )
    )


def _is_project(stem: str) -> bool:
    if re.search(r"负责人|代表|^年", stem):
        return False
    generic = re.sub(either(words("firms", "not_projects")), "", stem)
    return (
        len(stem) > SHORTEST
        and len(generic) >= SHORTEST
        and not re.search(r"[\d一二三四五六七八九十]+[个项]", stem)
    )


def find_sectors(source: SourceText, start: int, end: int) -> list[NameMention]:
    """The sectors named before 行业, 产业 or 领域 in a range, each once."""
    sectors: dict[str, NameMention] = {}
    for match in re.finditer(
        rf"(?:{either(words('sectors', 'names'))}[、和及]?)+(?:等)?(?:\d{{1,4}}个|多个|重点|主导)?(?:行业|产业|领域|制造业)",
        source.text[start:end],
    ):
        for word in any_of("sectors", "names").finditer(match.group()):
            at = start + match.start() + word.start()
            sectors.setdefault(word.group(), NameMention(word.group(), at, at + len(word.group())))
    return list(sectors.values())


def read_number(word: str) -> Decimal | None:
    """The value of a number in digits or in Chinese numerals below ten thousand; None for zero in numerals."""
    if word[0].isdigit():
        return Decimal(word)
    total, digit = 0, 0
    for char in word:
        if char in CN_DIGITS:
            digit = CN_DIGITS[char]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    return Decimal(total + digit) if total + digit else None


def find_counts(source: SourceText, start: int, end: int, *, money: bool) -> list[ReportedCount]:
    """Numbers of firms, people and questions, and of money if asked for; slogans, ordinals and shares are left out."""
    counts: dict[tuple[Decimal, str], ReportedCount] = {}
    for match in NUMBER.finditer(source.text, start, end):
        value, unit = read_number(match["n"]), match["u"].replace("余", "")
        if value is not None and _is_count(source.text, match, money=money):
            span = source.span(match.start(), match.end(), confidence=75)
            counts.setdefault((value, unit), ReportedCount(value, unit, span))
    return list(counts.values())


def _is_count(text: str, match: re.Match[str], *, money: bool) -> bool:
    before, after = text[max(match.start() - 4, 0) : match.start()], text[match.end() : match.end() + 10]
    unit = match["u"].replace("余", "")
    if (
        before.endswith(words("counts", "not_before"))
        or before[-1:].isdigit()
        or before[-1:] in "第一每同这几某“‘"
    ):
        return False
    if unit in words("counts", "money"):
        return money
    if any_of("counts", "not_people").search(after[:6]) and unit in {"名", "位"}:
        return False
    if unit in words("counts", "with_noun"):
        return _noun_follows(text, match, after)
    single = match["n"] in {"一", "1"}
    return not single and not after.startswith(("之", "单位", "庭", "义", "副其实", "列", "于"))


def _noun_follows(text: str, match: re.Match[str], after: str) -> bool:
    noun = any_of("counts", "nouns")
    if match["n"][0].isdigit() or len(match["n"]) > 1:
        close = noun.search(after[:6]) or (
            match["u"] in "条个件" and noun.search(text[max(match.start() - 8, 0) : match.start()])
        )
        return bool(close) or bool(
            re.search(r"受到.{0,6}(?:表彰|表扬)", text[match.end() : match.end() + 20])
        )
    return False
