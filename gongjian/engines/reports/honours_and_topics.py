"""The softer fields: honours, problems, campaign, targets, topics of a visit, policy measures."""

import re
from collections import Counter
from functools import cache

from gongjian.engines.reports.clean_text import Source
from gongjian.engines.reports.draft import Honour, PolicyMeasure, Span
from gongjian.engines.reports.firms import number
from gongjian.engines.reports.vocabulary import CJK, either, words

HONOUR_BY = re.compile(
    rf"(?P<who>[{CJK}\d()、]{{2,30}}?)(?:还|分别|均|先后)?(?:\d{{4}}年)?(?P<verb>被授予|荣获|获评|被评为|获得|获授)(?P<what>[^,。;“”]{{0,20}}“[^”]{{2,30}}”(?:荣誉称号|称号)?)"
)
HONOUR_GIVE = re.compile(
    rf"授予(?P<who>[{CJK}\d()、]{{2,40}}?)(?:等\d{{1,6}}[家个名位](?:单位|企业|个人)?)?(?P<what>“[^”]{{2,30}}”)"
)
PRAISED = re.compile(
    rf"(?P<who>[{CJK}]{{1,8}}?[市县区镇乡局委司团])(?P<what>(?P<n>\d{{1,6}})?[项个]?[{CJK}]{{0,10}}受到[{CJK}]{{0,10}}(?:表彰|表扬|通报表扬))"
)
CAMPAIGN = re.compile(
    r"“([^”]{0,12}(?:攻坚战|大会战|行动|攻坚|大比拼|保卫战|战役|大突破))”|((?<![一二三四五六七八九十\d])[一二三四五六七八九十\d]{1,4}大攻坚战)"
)
LEADING = re.compile(r"^(?:企业|的|存在|和|及|等|对|了|最|是|在|提出的?|反映的?|解决了?|协调|现场)+")
SHORTEST = 2
TOPICS = re.compile(
    r"(?:详细|深入|认真|全面)?(?:了解|询问|察看)(?:了)?(?P<what>[^。;]{4,80}?)(?:等?(?:有关|相关|方面的)?情况)"
)


def honours(source: Source) -> tuple[Honour, ...]:
    """Who was honoured with what."""
    found: list[Honour] = []
    for sentence in source.sentences:
        if sentence.kind == "body":
            for pattern in (HONOUR_GIVE, HONOUR_BY, PRAISED):
                match = pattern.search(source.text, sentence.start, sentence.end)
                if match:
                    found.append(_honour(source, match))
                    break
    return tuple(found)


def _honour(source: Source, match: re.Match[str]) -> Honour:
    who = re.sub(r"^(?:会上|大会|会议|其中|,)", "", match["who"])
    who = re.sub(r"\d{4}年$", "", who)
    start = match.start("who") + match["who"].index(who)
    figure = re.match(r"(\d{1,6}|[一二三四五六七八九十]+)[家个名位项]", who) or (
        re.match(r"(\d{1,6})", match["what"])
    )
    count = number(figure.group(1)) if figure else None
    stop = start + len(who)
    what = source.span(
        match.start("what"),
        match.end("what"),
        value=re.sub(r".*“([^”]*)”.*", r"\1", match["what"]),
        confidence=70,
    )
    return Honour(
        source.span(start, max(stop, start + 1), confidence=70),
        what,
        int(count) if count is not None else None,
    )


@cache
def _trouble() -> re.Pattern[str]:
    return re.compile(rf"(?:(?![的和及与等])[{CJK}]){{2,8}}?(?:{either(words('problems', 'trouble'))})")


def problems(source: Source) -> tuple[Span, ...]:
    """Short keys of what troubles firms, from sentences that report difficulties."""
    found: dict[str, Span] = {}
    cue = re.compile(either(words("problems", "cue")))
    noun = re.compile(rf"{either(words('problems', 'nouns'))}(?:{either(words('problems', 'trouble'))})?")
    for sentence in source.sentences:
        text = source.text[sentence.start : sentence.end]
        if (
            sentence.kind != "body"
            or not cue.search(text)
            or not re.search(r"问题|困难|难题|诉求|反映|意见|建议|算起", text)
        ):
            continue
        for low, high in _complaints(source.text, sentence.start, sentence.end):
            _collect(source, (low, high), noun, found)
    kept = {v: s for v, s in found.items() if not any(v != w and v in w for w in found)}
    return tuple(kept.values())


def _complaints(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches where difficulties are told: after 反映 or 围绕, or right before 问题."""
    ranges = [
        (m.end(), min(_stop(text, m.end(), end), m.end() + 60))
        for m in re.compile(r"反映(?!的)|围绕|反映的|算起|缺(?=的)").finditer(text, start, end)
    ]
    ranges += [
        (max(start, _back(text, m.start(), start)), m.end())
        for m in re.compile(r"问题|难题|困难").finditer(text, start, end)
    ]
    return ranges


def _stop(text: str, start: int, end: int) -> int:
    match = re.compile(r"[。;]|提出|等方面").search(text, start, end)
    return match.start() if match else end


def _back(text: str, at: int, floor: int) -> int:
    return max(floor, at - 24, max(text.rfind(c, floor, at) for c in ",。;:”") + 1)


def _collect(source: Source, at: tuple[int, int], noun: re.Pattern[str], found: dict[str, Span]) -> None:
    for pattern in (noun, _trouble()):
        for match in pattern.finditer(source.text, *at):
            start = match.end() - len(LEADING.sub("", match.group()))
            word = source.text[start : match.end()]
            if len(word) >= SHORTEST and not _is_generic(word):
                found.setdefault(word, source.span(start, match.end(), confidence=55))


def _is_generic(word: str) -> bool:
    stem = re.sub(rf"{either(words('problems', 'trouble'))}$", "", word)
    if re.search(r"企业|存在|发展|解|说|听|克|痛|疑|实际|问题|实打实|迎|畏|知|万|重重|破|排|推进|遇到", stem):
        return True
    return (
        not stem
        or stem in words("problems", "generic")
        or bool(
            re.match(r"存在|遇到|克服|面临|排忧|纾|攻坚|各|诸多|有|帮助|企业|个|项|条|\d|热点|和|、", stem)
        )
    )


def campaign(source: Source) -> Span | None:
    """The campaign the report names most."""
    found = list(CAMPAIGN.finditer(source.text))
    if not found:
        return None
    best, _ = Counter(m.group(1) or m.group(2) for m in found).most_common(1)[0]
    first = next(m for m in found if best in (m.group(1), m.group(2)))
    group = 1 if first.group(1) else 2
    return source.span(first.start(group), first.end(group), confidence=75)


def targets(source: Source) -> tuple[Span, ...]:
    """Set phrases for the horizons of a year (开门红一类)."""
    found: dict[str, Span] = {}
    for match in re.finditer(either(words("soft", "targets")), source.text):
        found.setdefault(match.group(), source.span(match.start(), match.end(), confidence=80))
    return tuple(sorted(found.values(), key=lambda s: s.start))


def visit_topics(source: Source) -> tuple[Span, ...]:
    """What visitors asked about: the list before 等情况."""
    found: dict[str, Span] = {}
    for match in TOPICS.finditer(source.text):
        if "、" in match["what"]:
            for piece in re.finditer(r"[^、,及和]+", match["what"]):
                word = re.sub(r"^(?:各?企业的?|其)|等$", "", piece.group())
                at = match.start("what") + piece.start() + piece.group().find(word)
                if len(word) >= SHORTEST:
                    found.setdefault(word, source.span(at, at + len(word), confidence=60))
    return tuple(found.values())


def policy_measures(source: Source) -> tuple[PolicyMeasure, ...]:
    """Policies issued, with the issuer where it is the subject."""
    verbs, nouns = either(words("soft", "policy_verbs")), either(words("soft", "policy"))
    pattern = re.compile(
        rf"(?:(?P<by>各县\(市(?:、)?区?\)区?|[{CJK}]{{1,6}}[市县区局委])[^。]{{0,24}}?)?{verbs}(?:了)?(?P<what>[^,。;]{{0,24}}?{nouns}|《[^》]{{4,40}}》)"
    )
    found = []
    for sentence in source.sentences:
        if sentence.kind == "body":
            for match in pattern.finditer(source.text, sentence.start, sentence.end):
                by = source.span(match.start("by"), match.end("by"), confidence=55) if match["by"] else None
                found.append(
                    PolicyMeasure(source.span(match.start("what"), match.end("what"), confidence=60), by)
                )
    return tuple(found)
