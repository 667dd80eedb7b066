"""Sectors of the economy (行业、产业) named in a range of the text."""

import re
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.firm_names import NameMention
from gongjian.engines.reports.vocabulary import CJK, any_of, either, words

# what a word of sectors goes on to when it names a place or a body: 产业园, 行业协会
NO_SECTOR = (
    r"(?!园|开发|链?链长|链党委|基地|新城|城|大厦|工人|基金|协会|商会|学院|研究院|带|集聚区|办|处|局|投资)"
)


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{either(words('sectors', 'names'))}[、和及]?)+(?:等)?(?:\d{{1,4}}个|多个|[一二三四五六七八九十]大|重点|主导|优势|特色)*(?:行业|产业|领域|制造业){NO_SECTOR}"
    )


@cache
def _taking_part() -> re.Pattern[str]:
    """A list of sectors that firms or projects come from: 来自光伏、家具、宠物用品等领域."""
    item = rf"(?:(?!来自|涵盖|涉及|覆盖|聚焦)[{CJK}]){{2,8}}?"
    return re.compile(
        rf"(?:来自|涵盖|涉及|覆盖|分属|属于)了?(?:全[市县区])?(?P<items>{item}(?:[、和及]{item}){{1,12}})等?(?:\d{{1,3}}个|多个|[一二三四五六七八九十多]大|重点|主导|优势|特色|不同)*(?:行业|产业|领域){NO_SECTOR}"
    )


def find_sectors(source: SourceText, start: int, end: int) -> list[NameMention]:
    """The sectors named before 行业, 产业 or 领域 in a range, each once."""
    sectors: dict[str, NameMention] = {}
    for match in _named().finditer(source.text, start, end):
        for word in any_of("sectors", "names").finditer(source.text, *match.span()):
            sectors.setdefault(word.group(), NameMention(word.group(), *word.span()))
    return list(sectors.values())


def sectors_taking_part(source: SourceText, start: int, end: int) -> list[NameMention]:
    """The sectors that those present or the projects signed come from, also such as no list knows."""
    sectors: dict[str, NameMention] = {}
    for match in _taking_part().finditer(source.text, start, end):
        for word in re.compile(r"[^、和及]+").finditer(source.text, *match.span("items")):
            sectors.setdefault(word.group(), NameMention(word.group(), *word.span()))
    return list(sectors.values())
