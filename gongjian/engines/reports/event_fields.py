"""Fills in the fields of an event from its sentences: title, place, firms, sectors, projects and counts."""

import re
from bisect import bisect_left
from functools import cache

from gongjian.engines.reports import counts as counting
from gongjian.engines.reports import firms, projects, sectors
from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.draft import ReportedCount, ReportedEvent, TextSpan
from gongjian.engines.reports.event_words import has_speech_verb
from gongjian.engines.reports.firm_names import NameMention
from gongjian.engines.reports.gathered_events import GatheredEvent
from gongjian.engines.reports.registers import Registers
from gongjian.engines.reports.vocabulary import either, words

PLACE_STOP = r"[,。;:、]|调研|走访|签署|签约|签订|回访|座谈|拜访|考察|视察|督导|督查|检查|看望|慰问|察看|查看|召开|举行|主持|现场办公|开展|观摩|招商|宣讲|暗访|夜访|巡查|实地|企业走访|企业调研|指导|进行|等"


def build_event(
    source: SourceText, event: GatheredEvent, others: list[GatheredEvent], registers: Registers
) -> ReportedEvent:
    """The event as it goes into the draft, every value with its place in the report."""
    spans = _own_ranges(source, event, others)
    day, part = event.day, event.part
    dated = bool(day and day.first)
    return ReportedEvent(
        type=source.span(
            event.sign.start,
            event.sign.end,
            value=event.sign.type,
            confidence=85 if event.sign.strong else 60,
        ),
        title=_title(source, event),
        date_start=source.span(day.start, day.end, value=day.first, confidence=90) if day and dated else None,
        date_end=source.span(day.start, day.end, value=day.last, confidence=90) if day and dated else None,
        part=source.span(part[0], part[1], value=part[2], confidence=90) if part else None,
        unit=source.span(*event.unit_at, value=event.unit, confidence=55 if event.unit_is_visited else 75)
        if event.unit_at
        else None,
        place=_place(source, event),
        lead=_lead(source, event),
        people=tuple(p.span(source, confidence=85) for p in event.people),
        enterprises=_enterprises(source, event, spans, registers),
        sectors=_sectors(source, event, spans),
        projects=_projects(source, event, spans),
        counts=_counts(source, event, spans),
    )


def _own_ranges(
    source: SourceText, event: GatheredEvent, others: list[GatheredEvent]
) -> list[tuple[int, int]]:
    """The ranges that belong to this event alone: a sentence shared with another event is divided between their signs."""
    spans = []
    for sentence in event.sentences:
        low, high = sentence.start, sentence.end
        first = bisect_left(others, sentence.start, key=_sign_start)
        for other in others[first : bisect_left(others, sentence.end, key=_sign_start)]:
            at = other.sign.start
            if other is event:
                continue
            if sentence.start <= event.sign.start < sentence.end:
                low, high = _cut_between(source, event, other, (low, high))
            else:
                high = min(high, other.sign.title[0] if other.sign.title else at)
        if sentence is event.sentences[0] and event.sign.title and _goes_on_with_a_visit(event, others):
            low = max(low, _clause_start(source.text, low, event.sign.title[0]))
        spans.append((low, high))
    return spans


def _goes_on_with_a_visit(event: GatheredEvent, others: list[GatheredEvent]) -> bool:
    """Whether the sentence that names a meeting also goes on with the visit before it: 调研组深入…, 并召开汇报会."""
    place = bisect_left(others, event.sign.start, key=_sign_start)
    before = others[place - 1] if place else None
    told = before is not None and before.sign.type == "visit" and before.sentences[-1] is event.sentences[0]
    return told and before is not None and before.sign.start < event.sentences[0].start


def _sign_start(event: GatheredEvent) -> int:
    return event.sign.start


def _cut_between(
    source: SourceText, event: GatheredEvent, other: GatheredEvent, bounds: tuple[int, int]
) -> tuple[int, int]:
    (low, high), sign, other_sign = bounds, event.sign, other.sign
    if sign.start < other_sign.start:
        return low, min(high, other_sign.title[0] if other_sign.title else other_sign.start)
    if other_sign.type == "visit" and sign.title:
        return max(low, _clause_start(source.text, other_sign.end, sign.title[0])), high
    return max(low, other_sign.end), high


def _clause_start(text: str, low: int, at: int) -> int:
    """Where the clause that holds offset `at` begins, at `low` at the earliest."""
    return max(text.rfind(",", low, at), text.rfind(";", low, at), low)


def _title(source: SourceText, event: GatheredEvent) -> TextSpan | None:
    title = event.sign.title
    return source.span(*title, confidence=80) if title else None


def _lead(source: SourceText, event: GatheredEvent) -> TextSpan | None:
    lead = event.lead
    return lead.span(source, confidence=85) if lead else None


# a sentence that goes on with what somebody said: 要…;要…, 一是…
GOES_ON = re.compile(
    r"[“\s]*(?:要(?!求)|[一二三四五六]要|[一二三四五六]是|必须|同时,?要|还要|既要|二要|坚持|坚决|[^,。;“”]{2,14}?(?:(?<![主重必首])要|须|务必)(?![求素点闻员件]))"
)
LABELLED = re.compile(r"时间:.*?,(?:会议)?地点:\s*(?P<place>[^,。;\n]{2,24})")
SHORTENED = 5  # characters of a short name that may stand for a longer one
AT = re.compile(rf"在(?P<place>.{{2,24}}?)(?={PLACE_STOP})")


# where what somebody said begins; 提出建议5条 and 提出的问题 tell what was done
SPEECH = re.compile(
    r"(?:(?:现场|当场|逐一)交办(?=:)|通报(?=:)|(?<![谈据听来])说(?=[,:])|强调|指出|表示|认为|坦言|介绍说|(?<!按照)(?<!根据)(?<!有关)(?<!相关)要求(?!的)|希望(?!工程|小学)|介绍(?!了|情况|[^,。;:“说]{0,16}情况[,。;])"
    r"|提出(?!的|[^,。;]{0,8}\d+[条个项件]|了?(?:建议|意见|问题|诉求|困难|需求)|[^,。;]{2,40}(?:问题|困难|诉求|建议|意见|需求)))(?!意)"
)
# words of somebody that go on for more than a clause, and what shows that the report itself goes on after them
SAID = re.compile(r"(?:说|强调|指出|表示|认为|要求|希望)[,:]")
NARRATES = re.compile(
    r"[会仪活签][上后前式动约](?:上|后|前|现场|期间|中)?,|会议(?:决定|审议|研究|还)|随后|接着|之后|当天|[上下]午|参加|出席|陪同|参会|来到|走进|一行|前往|走访|察看|查看|签约|签订|签署|签下|达成|期间|现场|主持|代表.{2,20}(?:发言|表态)|汇报|介绍|授予|颁|表彰|表扬|捐|听取|启动|^“|。”|座谈|交流|宣读|通报|承诺|表示|反映|提出|(?<![他她])说[,:]|(?:^|[,、])[一-鿿]{2,24}(?:公司|集团)[^,。]{0,12}(?:长|经理|裁|负责人)"
)
CALLS_FOR = re.compile(r"(?:强调|指出|要求)[,:](?!.*(?:走访|来到|调研了))")
SPOKEN = re.compile(r"\s*“[^“”]{10,}”")
OF_THIS = re.compile(
    r"(?:此次|本次|这次|今天|今日)[^。;]{0,24}?(?:签约|开工|竣工|投产|奠基|签订|达成)[^。;]*"
)


@cache
def _arrival() -> re.Pattern[str]:
    verbs = ("先后来到", "来到", "走进", "前往", "深入", "奔赴", "赴", "到", "走访了")
    return re.compile(rf"{either(verbs)}(?P<place>.{{2,24}}?)(?={PLACE_STOP})")


def _place(source: SourceText, event: GatheredEvent) -> TextSpan | None:
    """The place: after 到 for a visit, between 在 and 召开 for a meeting; None when the report does not say."""
    first = event.sentences[0]
    text = source.text
    labelled = LABELLED.search(text, first.start, first.end)
    if labelled:
        return source.span(*labelled.span("place"), confidence=75)
    if event.sign.title is None and not event.sign.strong and event.sign.type == "seminar":
        return None
    if event.sign.title is None:
        low = max(first.start, event.sign.start - 40)
        match = _arrival().search(text, low, first.end) or AT.search(text, low, first.end)
    else:
        match = re.compile(
            r"(?:到|在)(?P<place>[^,。;“”]{2,20}?)(?:隆重|胜利|主持|组织)?(?:召开|举行|举办)"
        ).search(text, first.start, first.end)
    if not match or re.search(
        r"^了|^这里$|^(?:部分|重点|在建|有关|相关|全[市县区])|见证|采访|书记|[市县区]长|求助|一起|会上|会议上|期间|\d|辖区|问题|困难|陪同|单位|并|随后|调研|走访",
        match["place"],
    ):
        return None
    start, end = source.trimmed(match.start("place"), match.end("place"))
    end -= 2 if text[start:end].endswith("企业") and end - start > len("某某企业") else 0
    if end <= start or text[start:end] in words("firms", "not_visited"):
        return None
    return source.span(start, end, confidence=60)


def _outside_quotes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a range outside what is quoted as spoken at its beginning: “…。”海拓机械总经理甲说."""
    quoted = SPOKEN.match(text, start, end)
    return [(quoted.end(), end)] if quoted else [(start, end)]


def _goes_on_saying(text: str, start: int, end: int) -> bool:
    """Whether what somebody says may go on in the next sentence; after a semicolon another one may speak."""
    return bool(SAID.search(text, start, end)) and text[end - 1] != ";"


def _narrative_ranges(source: SourceText, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The narrative part of each range, up to the first verb of speech."""
    ranges = []
    spoken_to = -1  # where words that somebody said end in a semicolon, and so go on
    said_in = -1  # the paragraph in which somebody was speaking at the end of the last range
    for start, end in spans:
        paragraph = source.sentence_at(start).paragraph
        if paragraph == said_in and not NARRATES.search(source.text, start, end):
            continue
        said_in = -1
        if GOES_ON.match(source.text, start, end) or start == spoken_to:
            spoken_to = end if source.text[end - 1] == ";" else -1
            continue
        if source.text[end - 1] == ";" and CALLS_FOR.search(source.text, start, end):
            spoken_to = end
        for low, high in _outside_quotes(source.text, start, end):
            match = SPEECH.search(source.text, low, high)
            ranges.append((low, match.start() if match else high))
            said_in = paragraph if match and _goes_on_saying(source.text, match.start(), high) else said_in
    return [(a, b) for a, b in ranges if b > a]


def _enterprises(
    source: SourceText, event: GatheredEvent, spans: list[tuple[int, int]], registers: Registers
) -> tuple[TextSpan, ...]:
    names = {person.name for person in event.people}
    mentions: dict[str, NameMention] = {}
    for start, end in _narrative_ranges(source, spans):
        if SUMS_UP.match(source.text, start, end):
            continue
        for firm in firms.find_firms(source, start, end, registers):
            if (
                firm.value not in names
                and not _goes_on_from(firm.value, names)
                and not _is_of_visitor(source.text, event, firm)
            ):
                mentions.setdefault(firm.value, firm)
    longest = [f for v, f in mentions.items() if not any(v != w and _is_short_for(v, w) for w in mentions)]
    return tuple(
        source.span(f.start, f.end, confidence=90 if f.by == "register" else 70, by=f.by) for f in longest
    )


# a sentence that sums up months or the work of many names firms only as examples
SUMS_UP = re.compile(
    r"\s*(?:(?:今年|去年)(?:以来)?,|[^,。;]{0,12}(?:近年来|年以来),|截至(?:目前|\d)|目前,[^,。;]{0,12}(?:已|累计))"
)
FOR_OTHERS = re.compile(r"(?:会长|主席|委员|理事长|秘书长|代表|常委)$")


def _is_of_visitor(text: str, event: GatheredEvent, firm: NameMention) -> bool:
    """Whether a firm is named only in a post of somebody who comes for a body: 市总商会副会长、某某集团董事长甲."""
    if event.sign.type != "visit":
        return False  # at a meeting he speaks for his firm
    for person in event.people:
        own = [p for p in person.posts if p[0] <= firm.start and firm.end <= p[1]]
        if own and any(FOR_OTHERS.search(text[slice(*p)]) for p in person.posts if p not in own):
            return True
    return False


def _is_short_for(short: str, full: str) -> bool:
    """Whether one name of a firm is another with characters left out: 电建河阴分公司 of 中国电建集团河阴分公司."""
    if short in full:
        return True
    rest = iter(full)
    alike = (
        len(short) >= SHORTENED and len(short) < len(full) and short[:2] in full and short[-3:] == full[-3:]
    )
    company = full.endswith(("公司", "集团")) and len(short) >= SHORTENED - 1
    alike = alike or (
        company and short[:2] in full and short[-2:] in full
    )  # 恒通装备 of 恒通智能装备有限公司
    return alike and all(char in rest for char in short)


def _goes_on_from(value: str, names: set[str]) -> bool:
    """Whether what looks like a firm is a person and what he does: 甲就公司发展历程作了汇报."""
    return any(
        value.startswith(name) and value[len(name) : len(name) + 1] in set("就对在与向和从为")
        for name in names
    )


def _sectors(source: SourceText, event: GatheredEvent, spans: list[tuple[int, int]]) -> tuple[TextSpan, ...]:
    sign = event.sign
    ranges = [sign.title] if sign.title else []
    if event.sign.type in {"visit", "signing", "groundbreaking"}:
        ranges += [(a, b) for a, b in spans if not has_speech_verb(source.text, a, b)]
    mentions = {f.value: f for start, end in ranges for f in sectors.find_sectors(source, start, end)}
    for start, end in _narrative_ranges(source, spans):
        mentions |= {f.value: f for f in sectors.sectors_taking_part(source, start, end)}
    longest = [f for v, f in mentions.items() if not any(v != w and v in w for w in mentions)]
    return tuple(source.span(f.start, f.end, confidence=75) for f in longest)


def _projects(source: SourceText, event: GatheredEvent, spans: list[tuple[int, int]]) -> tuple[TextSpan, ...]:
    title = source.text[slice(*event.sign.title)] if event.sign.title else ""
    told = event.sign.type in {"visit", "signing", "groundbreaking"} or projects.is_about_projects(title)
    told = told or "项目" in title
    named = [
        f
        for start, end in _narrative_ranges(source, spans)
        if told or projects.is_about_projects(source.text[start:end])
        for f in projects.find_projects(source, start, end)
    ]
    mentions = {f.value: f for f in named}
    longest = [f for v, f in mentions.items() if not any(v != w and v in w for w in mentions)]
    return tuple(source.span(f.start, f.end, confidence=65) for f in longest)


def _counts(
    source: SourceText, event: GatheredEvent, spans: list[tuple[int, int]]
) -> tuple[ReportedCount, ...]:
    money = event.sign.type in {"signing", "groundbreaking"} or _is_about_loans(source, event)
    counts: dict[tuple[str, str, str], ReportedCount] = {}
    ranges = _narrative_ranges(source, spans)
    if money:
        ranges += [m.span() for a, b in spans for m in OF_THIS.finditer(source.text, a, b)]
    for start, end in ranges:
        if not _is_summary(source, start):
            for count in counting.find_counts(source, start, end, money=money):
                thing = counting.counted_thing(source.raw, count.span.end)
                counts.setdefault((str(count.number), count.unit, thing), count)
    return tuple(counts.values())


def _is_about_loans(source: SourceText, event: GatheredEvent) -> bool:
    """Whether the meeting brings banks and firms together, so that the money it tells of is what it was about."""
    title = source.text[slice(*event.sign.title)] if event.sign.title else ""
    return bool(re.search(r"银企|签约|产融|融资对接|授信", title))


def _is_summary(source: SourceText, start: int) -> bool:
    if re.compile(r"\s*(?:据统计|据悉|据介绍|据了解),(?:活动|签约|会议|对接|仪式)?(?:现场|当天|当日)").match(
        source.text, start
    ):
        return False
    if OF_THIS.match(source.text, start + len("据了解,")) or OF_THIS.match(source.text, start + len("据悉,")):
        return False
    return bool(
        re.match(
            r"\s*(?:下一步|接下来|下一阶段|今后|20\d\d年,|(?:会议|会上,?)(?:\S{0,8})?(?:通报|回顾|总结)了?(?![^。]*(?:表彰|表扬|授予|颁|批评|约谈))|据统计|据悉|据介绍|据了解|据[^,。]{0,24}?(?:调查|统计|监测|调度)|今年(?:以来|\d|[一二三四上下前])|去年|目前|截至|近年来|大会提出|会议提出|会议明确)",
            source.text[start : start + 90],
        )
    )
