"""When a sentence about a visit tells a new one, goes on with the one being told or comes back to an earlier one."""

import re

from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.dates import DateMention
from gongjian.engines.reports.event_leads import is_of_a_firm
from gongjian.engines.reports.event_words import EventSign
from gongjian.engines.reports.gathered_events import REMEMBERED, GatheredEvent
from gongjian.engines.reports.people import PersonMention
from gongjian.engines.reports.vocabulary import either, grammar

BODY_GOES = re.compile(r"(?:班子领导|县级领导|党员干部|机关干部|各级干部|各部门|各乡镇)[^,。;]{0,16}$")
# somebody of an office whom nobody names: 市科经局主要负责人率队到…调研
HEAD_GOES = re.compile(
    r"[局委办院会镇乡](?:党组|党委|党工委)?(?:主要|分管|有关|相关)?(?:负责人|负责同志|领导|班子成员)(?:分别|专程)?(?:一行|率队|带队|带领|率领|先后|赴|到|深入|走进)"
)
ARRIVAL = 12  # characters after a name in which a visit begins


def known_visit(
    events: list[GatheredEvent],
    current: GatheredEvent | None,
    subject: PersonMention,
    *,
    day: DateMention | None,
    part: tuple[int, int, str] | None,
) -> GatheredEvent | None:
    for known in reversed(events[-REMEMBERED:]):
        if known.sign.type != "visit" or subject.name not in {p.name for p in known.people}:
            continue
        if day is not None and known.lasts_over(day) and day.first:
            return known
        if day is not None and day.first != known.first_day:
            continue
        if part is not None and known.part is not None and part[2] != known.part[2]:
            continue
        if part is not None and known.part is None and day is None and known is not current:
            continue
        return known
    return None


def visited_before(
    text: str, sentence: Sentence, events: list[GatheredEvent], current: GatheredEvent | None
) -> GatheredEvent | None:
    """The visit of the same day that a sentence comes back to, because it names a place of it: 在三元重工,…."""
    opening = re.compile(r"[“\s]*(?:走进|来到|在)(?P<place>[^,。;“”]{3,20}?)(?:生产|的?车间|展厅)?,").match(
        text, sentence.start, sentence.end
    )
    if opening is None or current is None:
        return None
    for event in reversed(events[-3:]):
        same_day = event.sign.type == "visit" and event.first_day == current.first_day
        if same_day and any(opening["place"] in text[s.start : s.end] for s in event.sentences):
            return event
    return None


def visit_joined(
    text: str, sentence: Sentence, events: list[GatheredEvent], current: GatheredEvent | None
) -> GatheredEvent | None:
    """The visit told just before the current meeting when a sentence says who took part in it: 副县长乙参加调研."""
    told = events[-2:]
    if [e.sign.type == "visit" for e in told] != [True, False] or current is not told[1]:
        return None
    joined = re.compile(
        rf"(?:{either(grammar('visits', 'company'))})(?:了)?[^,。]{{0,4}}(?:{either(grammar('visits', 'strong'))})(?:活动)?[,。]"
    )
    return told[0] if joined.search(text, sentence.start, sentence.end) else None


def visit_told_with(
    text: str, sentence: Sentence, events: list[GatheredEvent], current: GatheredEvent | None
) -> GatheredEvent | None:
    """The visit told in one sentence with the current meeting, when the next says who took part: 甲、乙参加."""
    told = events[-2:]
    if [e.sign.type == "visit" for e in told] != [True, False] or current is not told[1]:
        return None
    together = told[0].sentences[-1].start == current.sentences[0].start
    took_part = re.compile(
        rf"[^。;“]{{2,80}}(?:{either(grammar('visits', 'company'))}|出席)[^,。]{{0,6}}[。;]"
    )
    return told[0] if together and took_part.match(text, sentence.start, sentence.end) else None


def leader_of_party(
    text: str, sentence: Sentence, sign: EventSign, events: list[GatheredEvent]
) -> PersonMention | None:
    """The leader of the last visit, where the party is the subject of another sentence: 调研组一行深入…."""
    party = re.compile(
        r"(?:随后|期间|当天|接着|之后|在此期间)?[,\s]*(?:(?:调研|督导|检查|考察|慰问|走访|观摩|督查|巡查|工作|视察|巡视|代表|参观)[组团](?:一行|成员)?(?:人员|[\d十]+人)?|[省市县区]?领导一行|一行人?|大家|与会人员)"
    ).match(text, sentence.start, sign.start)
    told = next((e for e in reversed(events[-3:]) if e.sign.type == "visit"), None)
    return told.lead if party is not None and told is not None else None


INFORMS = re.compile(r"(?:介绍(?=[,:说道])|告诉(?:记者|笔者)|(?:在)?接受(?:记者|本报|媒体)?(?:采访|专访))")


def only_informs(text: str, sentence: Sentence, current: GatheredEvent, people: list[PersonMention]) -> bool:
    """Whether somebody of office only tells the reporter of the matter, in a paragraph of its own: 市发改委主任甲介绍,…."""
    if not people or current.sentences[-1].paragraph == sentence.paragraph:
        return False
    first = people[0]
    new = bool(first.posts) and first.name not in {p.name for p in current.people}
    return new and not is_of_a_firm(text, first) and bool(INFORMS.match(text, first.end))


def is_of_meeting(text: str, sentence: Sentence, sign: EventSign) -> bool:
    """Whether those at the meeting being told go to see something: 24日下午,与会人员观摩了…."""
    who = re.compile(r"[^“”。;]{0,16}?(?:与会|参会|参加会议的)(?:人员|代表|领导|同志|嘉宾)[^“”。;]{0,12}$")
    return bool(who.match(text[sentence.start : sign.start]))


def is_told_apart(text: str, sentence: Sentence, sign: EventSign, people: list[PersonMention]) -> bool:
    """Whether somebody named went on a visit before or after the meeting told of: 会前,甲一行到…走访调研."""
    opening = re.compile(
        r"[\s“]*(?:会|签约|仪式|活动|会议|座谈)(?:(?:结束)?[前后]|(?:刚|甫)?一?结束),"
    ).match(text, sentence.start, sign.start)
    goes = bool(people) and re.search(
        r"到|赴|深入|走进|先后|赶往|前往|奔赴|一行|实地", text[people[0].end : sign.end]
    )
    return bool(opening) and bool(goes) and sign.strong


def goes_round_alone(
    text: str, current: GatheredEvent | None, subject: PersonMention, sign: EventSign, *, paragraph: int
) -> bool:
    """Whether another leader of the current visit goes on a round of his own: 市长乙先后走访了…."""
    if current is None or current.sign.type != "visit" or current.lead is None:
        return False
    between = text[subject.end : sign.end]
    return (
        subject.name != current.lead.name
        and subject.name in {p.name for p in current.people}
        and current.sentences[0].paragraph != paragraph
        and bool(
            re.match(r"(?:则|还)?(?:先后|一行|首先|分别|带队|率队|来到|到|在|走访|深入|赴|走进)", between)
        )
    )


def is_new_visit(
    text: str, current: GatheredEvent | None, sentence: Sentence, subject: PersonMention
) -> bool:
    """Whether a visit without a date is a new one: in a new paragraph and by a leader not yet in the current event."""
    if current is None:
        return True
    same_paragraph = current.sentences[-1].paragraph == sentence.paragraph
    clause = text[subject.end : sentence.end][:ARRIVAL]
    arrives = current.sign.type == "visit" or bool(
        re.match(r"[^,。]{0,6}(?:到|赴|深入|走进|前往|带队|率队|一行|率)", clause)
    )
    return (
        not same_paragraph
        and arrives
        and bool(subject.posts)
        and subject.name not in {p.name for p in current.people}
    )


def others_go(text: str, sentence: Sentence, sign: EventSign, current: GatheredEvent | None) -> bool:
    """Whether a new paragraph names a body that goes: 西岭县四大班子领导分12个组走访企业."""
    apart = current is not None and current.sentences[-1].paragraph != sentence.paragraph
    return apart and bool(BODY_GOES.search(text, sentence.start, sign.start))


def head_goes(text: str, sentence: Sentence, sign: EventSign) -> bool:
    """Whether the head of an office goes whom nobody names: 市科经局主要负责人率队到经开区走访."""
    return bool(HEAD_GOES.search(text, sentence.start, sign.end))


def is_in_visit(current: GatheredEvent | None, dates: list[DateMention]) -> bool:
    """Whether the event being told is a visit of the last of these days, told in the same sentence."""
    return (
        current is not None
        and current.sign.type == "visit"
        and dates[-1].first == current.first_day
        and dates[-1].start < current.sentences[-1].end
    )
