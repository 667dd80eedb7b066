"""Who goes where of those that set out together but apart, in rounds of their own or in groups, and who is meant by 他."""

import re
from functools import cache

from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.event_words import EventSign
from gongjian.engines.reports.gathered_events import GatheredEvent
from gongjian.engines.reports.people import PersonMention
from gongjian.engines.reports.vocabulary import either, grammar

OPENING = 12  # most characters before a name that opens its sentence, such as 当日下午
SHORTEST_FIRM = 3
FIRST_TOLD = 8  # sentences of an event in which the firm that is visited is named
ORDINALS = "一二三四五六七八九"


PRONOUN = re.compile(r"[^,。;“”]{0,12}?(?:,[^,。;“”]{0,12})?(?<![其])[他她](?!们|人)[^。;“”]{0,24}“?")


def leader_meant(
    text: str, sentence: Sentence, sign: EventSign, events: list[GatheredEvent]
) -> PersonMention | None:
    """The leader of the last event, where 他 or 她 is the subject: 上午9点,他来到海拓机械."""
    if not events or not PRONOUN.fullmatch(text, sentence.start, sign.start):
        return None
    return events[-1].lead


def round_of_his_own(
    text: str, sentence: Sentence, current: GatheredEvent | None, people: list[PersonMention]
) -> PersonMention | None:
    """Who of those that set out apart (甲、乙、丙分别走访) this sentence tells of: 乙则在海拓机械听取意见."""
    if current is None or current.sign.type != "visit" or current.lead is None or not people:
        return None
    first = current.first_told
    apart = re.search(r"分别|分头|分组|兵分", text[first.start : first.end])
    one = people[0]
    opens = one.start - sentence.start <= OPENING and one.name != current.lead.name
    goes = re.match(
        rf"(?:[^,。;“”]{{0,2}}(?:则|也|还)?)(?:在[^,。;]{{2,14}}(?:听取|了解|察看|查看|调研|走访|督导|检查|召开|与)|(?:到|来到|前往|赴|深入|走进|{either(grammar('visits', 'strong'))}))",
        text[one.end : one.end + 40],
    )
    known = one.name in {p.name for p in current.set_out}
    return one if apart and opens and goes and known else None


GROUP = re.compile(
    rf"[^,。;]{{0,16}}?(?:,[^,。;]{{0,4}})?第(?P<number>[{ORDINALS}])(?:督导|调研|检查|走访|工作|督查|考察|服务|慰问)?小?组(?P<what>[^。;]*)"
)


def group_told(
    text: str, sentence: Sentence, event: GatheredEvent | None
) -> tuple[int, PersonMention | None] | None:
    """The number of the group a sentence tells of and who leads it: 由甲、乙、丙分别带队 …; 第二组来到…."""
    if event is None or event.sign.type != "visit":
        return None
    first = event.first_told
    told = GROUP.match(text, sentence.start, sentence.end)
    if told is None or not re.search(
        r"分别|分头|分[成为]?[两二三四五六七八九\d]+个?组|[两二三四五六七八九\d]个[^,。]{0,6}组",
        text[first.start : first.end],
    ):
        return None
    if not re.search(rf"到|赴|前往|深入|走进|{either(grammar('visits', 'strong'))}", told["what"]):
        return None
    number = ORDINALS.index(told["number"])
    return number, event.set_out[number] if number < len(event.set_out) else None


def _event_of_firm(
    text: str, events: list[GatheredEvent], current: GatheredEvent, person: PersonMention
) -> GatheredEvent | None:
    """The one earlier event at the firm of somebody who speaks, where the event being told is not there: 海拓机械总经理甲说."""
    printed = [text[a:b] for a, b in person.posts[:1]]
    firm = _rank_at_end().sub("", printed[0]) if printed else ""
    if len(firm) < SHORTEST_FIRM or firm == printed[0] or _tells_of(text, current, firm):
        return None
    hosts = [e for e in events[-6:] if e is not current and _tells_of(text, e, firm)]
    return hosts[0] if len(hosts) == 1 else None


@cache
def _rank_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:行政|财务|技术|生产|销售|副|常务)*{either(grammar('posts', 'ranks'))}$")


def _tells_of(text: str, event: GatheredEvent, firm: str) -> bool:
    return any(firm in text[s.start : s.end] for s in event.sentences[:FIRST_TOLD])


def event_of_subject(
    text: str,
    sentence: Sentence,
    *,
    told: tuple[list[GatheredEvent], GatheredEvent],
    people: list[PersonMention],
) -> GatheredEvent:
    """The earlier event whose leader, or the head of whose firm, opens the sentence; else the one being told."""
    events, current = told
    first = people[0] if people else None
    host = _event_of_firm(text, events, current, first) if first else None
    if host is not None:
        return host
    if (
        first is None
        or not current.people
        or first.start - sentence.start > OPENING
        or first.name in {p.name for p in current.people}
    ):
        return current
    led = (e for e in reversed(events[-6:]) if e.lead and e.lead.name == first.name)
    return next((e for e in led if e.first_day == current.first_day), current)
