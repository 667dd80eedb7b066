"""Fills in an event from the sentences gathered for it: title, place, firms, sectors, projects and counts."""

import re
from functools import cache

from gongjian.engines.reports import firms
from gongjian.engines.reports.clean_text import Source
from gongjian.engines.reports.draft import Count, Event, Span
from gongjian.engines.reports.event_words import speech_between
from gongjian.engines.reports.events import Gathering
from gongjian.engines.reports.registers import Registers
from gongjian.engines.reports.vocabulary import either, words

PLACE_STOP = r"[,。;:、]|调研|走访|考察|视察|督导|督查|检查|看望|慰问|察看|查看|召开|举行|主持|现场办公|开展|实地|企业走访|企业调研|指导|进行|等"


def build(source: Source, gathered: Gathering, others: list[Gathering], registers: Registers) -> Event:
    """The event with every value bound to its place in the source."""
    spans = _own(gathered, others)
    day, part = gathered.day, gathered.part
    dated = bool(day and day.first)
    return Event(
        type=source.span(
            gathered.trigger.start,
            gathered.trigger.end,
            value=gathered.trigger.type,
            confidence=85 if gathered.trigger.strong else 60,
        ),
        title=_title(source, gathered),
        date_start=source.span(day.start, day.end, value=day.first, confidence=90) if day and dated else None,
        date_end=source.span(day.start, day.end, value=day.last, confidence=90) if day and dated else None,
        part=source.span(part[0], part[1], value=part[2], confidence=90) if part else None,
        unit=source.span(*gathered.unit_at, value=gathered.unit, confidence=75) if gathered.unit_at else None,
        place=_place(source, gathered),
        lead=_name(source, gathered),
        people=tuple(source.span(p.start, p.end, confidence=85) for p in gathered.people),
        enterprises=_enterprises(source, spans, registers),
        sectors=_sectors(source, gathered, spans),
        projects=_projects(source, gathered, spans),
        counts=_counts(source, gathered, spans),
    )


def _own(gathered: Gathering, others: list[Gathering]) -> list[tuple[int, int]]:
    """Ranges told of this event alone: a sentence shared with another event is cut between their signs."""
    spans = []
    for sentence in gathered.sentences:
        low, high = sentence.start, sentence.end
        for other in others:
            if other is gathered or sentence not in other.sentences:
                continue
            at = other.trigger.start
            if (
                sentence.start <= at < sentence.end
                and sentence.start <= gathered.trigger.start < sentence.end
            ):
                low, high = _cut(gathered, other, low, high)
        spans.append((low, high))
    return spans


def _cut(gathered: Gathering, other: Gathering, low: int, high: int) -> tuple[int, int]:
    mine, theirs = gathered.trigger, other.trigger
    if mine.start < theirs.start:
        return low, min(high, theirs.title[0] if theirs.title else theirs.start)
    return max(low, theirs.end), high


def _title(source: Source, gathered: Gathering) -> Span | None:
    title = gathered.trigger.title
    return source.span(*title, confidence=80) if title else None


def _name(source: Source, gathered: Gathering) -> Span | None:
    lead = gathered.lead
    return source.span(lead.start, lead.end, confidence=85) if lead else None


AT = re.compile(rf"在(?P<place>.{{2,24}}?)(?={PLACE_STOP})")


@cache
def _going() -> re.Pattern[str]:
    verbs = ("先后来到", "来到", "走进", "前往", "深入", "奔赴", "赴", "到", "走访了")
    return re.compile(rf"{either(verbs)}(?P<place>.{{2,24}}?)(?={PLACE_STOP})")


def _place(source: Source, gathered: Gathering) -> Span | None:
    """Where it was: after 到 for a visit, between 在 and 召开 for a meeting."""
    first = gathered.sentences[0]
    text = source.text
    if gathered.trigger.title is None and not gathered.trigger.strong and gathered.trigger.type == "seminar":
        return None
    if gathered.trigger.title is None:
        low = max(first.start, gathered.trigger.start - 40)
        match = _going().search(text, low, first.end) or AT.search(text, low, first.end)
    else:
        match = re.compile(
            r"(?:到|在)(?P<place>[^,。;“”]{2,20}?)(?:隆重|胜利|主持|组织)?(?:召开|举行|举办)"
        ).search(text, first.start, first.end)
    if not match or re.search(
        r"会上|会议上|期间|\d|辖区|问题|困难|陪同|单位|并|随后|调研|走访", match["place"]
    ):
        return None
    start, end = source.clean(match.start("place"), match.end("place"))
    end -= 2 if text[start:end].endswith("企业") and end - start > len("某某企业") else 0
    if end <= start or text[start:end] in words("firms", "not_visited"):
        return None
    return source.span(start, end, confidence=60)


def _told(source: Source, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The narrative part of each range: up to the verb of speech."""
    told = []
    speech = re.compile(
        either(("强调", "指出", "要求", "表示", "希望", "提出", "认为", "介绍说", "介绍", "坦言"))
        + r"(?=[,::]|[^意])"
    )
    for start, end in spans:
        match = speech.search(source.text, start, end)
        told.append((start, match.start() if match else end))
    return [(a, b) for a, b in told if b > a]


def _enterprises(source: Source, spans: list[tuple[int, int]], registers: Registers) -> tuple[Span, ...]:
    found: dict[str, firms.Found] = {}
    for start, end in _told(source, spans):
        for firm in firms.enterprises(source, start, end, registers):
            found.setdefault(firm.value, firm)
    kept = [f for v, f in found.items() if not any(v != w and v in w for w in found)]
    return tuple(
        source.span(f.start, f.end, confidence=90 if f.by == "register" else 70, by=f.by) for f in kept
    )


def _sectors(source: Source, gathered: Gathering, spans: list[tuple[int, int]]) -> tuple[Span, ...]:
    trigger = gathered.trigger
    ranges = [trigger.title] if trigger.title else []
    if gathered.trigger.type in {"visit", "signing", "groundbreaking"}:
        ranges += [(a, b) for a, b in spans if not speech_between(source.text, a, b)]
    found = {f.value: f for start, end in ranges for f in firms.sectors(source, start, end)}
    return tuple(source.span(f.start, f.end, confidence=75) for f in found.values())


def _projects(source: Source, gathered: Gathering, spans: list[tuple[int, int]]) -> tuple[Span, ...]:
    if gathered.trigger.type not in {"visit", "signing", "groundbreaking"}:
        return ()
    title = gathered.trigger.title or (0, 0)
    told = [f for start, end in _told(source, spans) for f in firms.projects(source, start, end)]
    found = {f.value: f for f in told if not title[0] <= f.start < title[1]}
    kept = [f for v, f in found.items() if not any(v != w and v in w for w in found)]
    return tuple(source.span(f.start, f.end, confidence=65) for f in kept)


def _counts(source: Source, gathered: Gathering, spans: list[tuple[int, int]]) -> tuple[Count, ...]:
    money = gathered.trigger.type in {"signing", "groundbreaking"}
    found: dict[tuple[str, str], Count] = {}
    for start, end in _told(source, spans):
        if not _is_summary(source, start):
            for count in firms.counts(source, start, end, money=money):
                found.setdefault((str(count.number), count.unit), count)
    return tuple(found.values())


def _is_summary(source: Source, start: int) -> bool:
    return bool(
        re.match(
            r"\s*(?:据统计|据悉|据介绍|据了解|今年以来|去年|目前|截至|近年来|大会提出|会议提出|会议明确)",
            source.text[start : start + 8],
        )
    )
