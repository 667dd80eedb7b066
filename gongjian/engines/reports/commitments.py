"""Commitments in a report: requirements, promises and tasks handed over (要求、承诺、交办), with who must do what by when.

A requirement is a unit as the subject of what is to be done: 责成县供电公司…, or 县供电公司要…. A unit named as such binds
by any act; 各部门 and the like bind by a term or a concrete act, so that slogans stay out.
"""

import re
from dataclasses import dataclass
from functools import cache

from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.counts import read_number
from gongjian.engines.reports.draft import Commitment
from gongjian.engines.reports.people import PersonMention, PersonMentions
from gongjian.engines.reports.speech import Utterance
from gongjian.engines.reports.vocabulary import CJK, any_of, either, words

LEAST_ACT = 3  # characters of what is to be done
DEADLINE = re.compile(
    r"(?P<n>(?<![\d.])\d{1,3}|[一二两三四五六七八九十半]{1,3})(?:个)?(?P<u>工作日|日|天|周|星期|小时|月)(?:之|以)?内"
    r"|\d{1,2}月(?:\d{1,2}日|底|末|份?上旬|份?中旬|份?下旬|份)?(?:之|以)?前"
    r"|(?:本周|本月|下周|下月|月|年|本季度|季度|周|明年|今年|上半年|下半年)(?:[一二三四五六日])?(?:底|末|初|内)?(?:之|以)?(?:前|内)"
    r"|(?:本周|本月|本年度|季度|年)(?:底|末)"
    r"|(?:春节|国庆节?|五一|元旦|端午节?|中秋节?|汛期|入冬|开学|高考|收假)(?:之|以)?前"
    r"|今年内|年内|当天|当日内|即日起|限时|限期|明确解决时限"
)
WORKING_DAYS = {"工作日": 1, "日": 1, "天": 1, "周": 5, "星期": 5}


@cache
def _unit() -> str:
    """One unit that may have to act: of the generic ones, or by the ending of its name."""
    stop = "要把在的上下到将须应长召是他她我你,。;:!?、\\s“”（）()和及与由对向让"
    organ = either(words("commitments", "organ_suffix"))
    named = rf"(?:应急|对外|长江|上市|下派|(?![{stop}])[{CJK}]|(?:规划|资源|住房|信息化|改革|保障|教育|文化|广电|卫生|林业|农村)和){{1,14}}?{organ}"
    more = either(words("commitments", "organ_goes_on"))
    return rf"(?:{either(words('commitments', 'receivers'))}|{named})(?!{more})(?:\([^()]{{1,6}}\))?"


@cache
def _ordered() -> re.Pattern[str]:
    """A verb of ordering and the units it is addressed to: 责成县供电公司."""
    orders = either(words("commitments", "orders"))
    return re.compile(
        rf"{orders}(?:了)?[,:]?(?:由)?(?P<to>{_unit()}(?:(?:、|和|及|以及|与){_unit()})*)(?:等(?:部门|单位)?)?"
    )


@cache
def _subject() -> re.Pattern[str]:
    """Units at the head of a clause, with a word that obliges them or a term: 县供电公司要, 县供电公司3日内."""
    modal = rf"(?:主动|分别|均|都|也|就此|各自|按照|还|一定|会后)?(?:{either(words('commitments', 'modals'))}|(?={DEADLINE.pattern.replace('?P<n>', '').replace('?P<u>', '')}))"
    return re.compile(
        rf"(?<=[,;:。“”\n])(?:[一二三四五六七八九十]+、|[一二三四五六七八九]是|[一二三四五六]要|此外,?|同时,?|另外,?)?(?P<to>{_unit()}(?:(?:、|和|及|以及|与){_unit()})*)(?:等(?:部门|单位)?)?,?{modal}"
    )


@cache
def _subject_at_start() -> re.Pattern[str]:
    """The same where the text itself begins with the units."""
    return re.compile(_subject().pattern.partition(")")[2])


@cache
def _attendance() -> re.Pattern[str]:
    return re.compile(
        r"(?:等)?(?:有关|相关)?(?:部门|单位)?的?(?:主要|有关|相关|分管)?(?:负责人|负责同志|领导|班子|书记|局长|主任|干部职工)"
        rf"|[^,。;]{{0,6}}?{either(words('commitments', 'attendance'))}"
    )


@dataclass(frozen=True)
class _Receiver:
    """The range of the units that must act."""

    start: int
    end: int


def find_commitments(
    source: SourceText, people: PersonMentions, utterances: list[Utterance]
) -> tuple[Commitment, ...]:
    """One commitment for each unit with its act; promises and tasks handed over on the spot by their sentence."""
    commitments: list[Commitment] = []
    speaker: PersonMention | None = None
    paragraph = -1
    spoken = {id(u.sentence): u for u in reversed(utterances)}
    for sentence in source.sentences:
        if sentence.kind != "body":
            continue
        if sentence.paragraph != paragraph:
            paragraph, speaker = sentence.paragraph, None
        utterance = spoken.get(id(sentence))
        mentioned = people.mentions_in(sentence.start, sentence.end)
        speaker = utterance.speaker if utterance else mentioned[0] if mentioned else speaker
        if not utterance and _speaks_for_meeting(source.text, sentence):
            speaker = None
        commitments += _commitments_in_sentence(source, sentence, speaker, utterance)
    return tuple(commitments)


def _speaks_for_meeting(text: str, sentence: Sentence) -> bool:
    return bool(
        re.match(
            r"[“\s]*(?:会议|大会|会上)(?:还)?(?:强调|指出|要求|明确|决定|提出)",
            text[sentence.start : sentence.end],
        )
    )


def _commitments_in_sentence(
    source: SourceText, sentence: Sentence, speaker: PersonMention | None, utterance: Utterance | None
) -> list[Commitment]:
    text = source.text[sentence.start : sentence.end]
    if _is_promise(text, utterance):
        start = utterance.verb_end if utterance else sentence.start
        return [_commitment(source, speaker, (start, sentence.end), mode="承诺")]
    answered = re.search(
        r"(?:负责人|负责同志|有关方面)[^,。]{0,6}?(?:表示|承诺|答复|回应)[,:]?[^。]{0,12}?(?:将|一定|尽快)",
        text,
    )
    if answered:
        at = sentence.start + answered.start()
        start = max(source.text.rfind(c, sentence.start, at) for c in ",;。") + 1
        return [_commitment(source, None, (max(start, sentence.start), sentence.end), mode="承诺")]
    mode = "现场交办" if any_of("commitments", "on_spot").search(text) else "要求"
    receivers = _receivers(source, sentence)
    found = []
    for number, receiver in enumerate(receivers):
        end = receivers[number + 1].start if number + 1 < len(receivers) else sentence.end
        if _is_binding(source.text, receiver, end):
            found.append(_commitment(source, speaker, (receiver.start, end), receiver=receiver, mode=mode))
    return found or _without_receiver(source, sentence, speaker, utterance)


def _is_promise(text: str, utterance: Utterance | None) -> bool:
    if re.search(r"弘扬|全力以赴|认真落实|认真贯彻|抓手|始终|坚决", text):
        return False
    return bool(
        utterance
        and re.search(
            r"(?:表示|承诺|说),?(?:[^,。]{0,8})?(?:将|一定会?)(?!以|继续)[^,。]{4,}|(?:承诺|保证)[,:]?[^。]*?(?:前|内|将|确保)",
            text,
        )
    )


def _receivers(source: SourceText, sentence: Sentence) -> list[_Receiver]:
    """The units that must act in a sentence, in order, each once."""
    text = source.text
    low = max(sentence.start - 1, 0)
    found: dict[int, _Receiver] = {}
    for pattern in (_ordered(), _subject()):
        for match in pattern.finditer(
            text, low if text[low] in ",;:。“”\n" else sentence.start, sentence.end
        ):
            start, end = match.span("to")
            if start >= sentence.start and not any(r.start < end and start < r.end for r in found.values()):
                found[start] = _Receiver(start, end)
    opening = _subject_at_start().match(text, 0, sentence.end) if sentence.start == 0 else None
    if opening:
        found.setdefault(0, _Receiver(*opening.span("to")))
    return sorted(found.values(), key=lambda r: r.start)


def _is_binding(text: str, receiver: _Receiver, end: int) -> bool:
    """Whether units are bound: not merely present, and if not named then by a term or a concrete act."""
    act = text[receiver.end : end].strip(",。;:! \n")
    if len(act) < LEAST_ACT or _attendance().match(act):
        return False
    to = text[receiver.start : receiver.end]
    if to.startswith(("全", "我", "这", "该")):
        return False
    if DEADLINE.search(act):
        return True
    generic = any_of("commitments", "receivers").fullmatch(to.split("、")[0]) or to.startswith("各")
    if generic or text.startswith("将", receiver.end):
        wish = re.sub(rf"^{either(words('commitments', 'modals'))}", "", act)
        return bool(any_of("commitments", "concrete").search(act)) and not any_of(
            "commitments", "slogans"
        ).match(wish)
    return True


def _without_receiver(
    source: SourceText, sentence: Sentence, speaker: PersonMention | None, utterance: Utterance | None
) -> list[Commitment]:
    """A task handed over on the spot or with a term whose receiver is not named."""
    text = source.text[sentence.start : sentence.end]
    if re.search(r"[现当]场交办", text):
        at = source.text.rfind(",", sentence.start, sentence.start + text.index("场交办")) + 1
        return [_commitment(source, speaker, (max(at, sentence.start), sentence.end), mode="现场交办")]
    asked = re.search(r"(?:强调|指出|提出)[^。]*?(?:要|确保)|要求|责成|务必", text)
    due = DEADLINE.search(source.text, sentence.start + (asked.end() if asked else 0), sentence.end)
    dated = due is not None and bool(re.search(r"\d|[月周]底|[一二三四五六七八九十半]", due.group()))
    if asked and (dated or re.search(r"限时办结|逐个明确|明确(?:解决)?时限", text)):
        start = utterance.verb_end if utterance else sentence.start
        return [_commitment(source, speaker, (start, sentence.end), mode="要求")]
    return []


def _commitment(
    source: SourceText,
    speaker: PersonMention | None,
    piece: tuple[int, int],
    *,
    receiver: _Receiver | None = None,
    mode: str,
) -> Commitment:
    start, end = source.trimmed(*piece)
    end = max(end, start + 1)
    due = DEADLINE.search(source.text, start, end)
    return Commitment(
        text=source.span(start, end, confidence=55),
        by=speaker.span(source, confidence=70) if speaker else None,
        to=source.span(receiver.start, receiver.end, confidence=65) if receiver else None,
        deadline_text=source.span(due.start(), due.end(), confidence=75) if due else None,
        deadline=_working_days(due) if due else None,
        mode=mode,
    )


def _working_days(due: re.Match[str]) -> int | None:
    """The length of a deadline in working days; None for a calendar date or 限时."""
    if not due["n"] or due["u"] not in WORKING_DAYS or due["n"] == "半":
        return None
    value = read_number(due["n"])
    return int(value) * WORKING_DAYS[due["u"]] if value is not None else None
