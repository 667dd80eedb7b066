"""Commitments in a report: requirements, promises and tasks handed over (要求、承诺、交办), with who must do what by when."""

import itertools
import re
from functools import cache

from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.draft import Commitment
from gongjian.engines.reports.firms import read_number
from gongjian.engines.reports.people import PersonMention, PersonMentions
from gongjian.engines.reports.speech import Utterance
from gongjian.engines.reports.vocabulary import CJK, any_of, either, words

LONGEST = 80
DEADLINE = re.compile(
    r"(?P<n>(?<!\d)\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个)?(?P<u>工作日|日|天|周|小时)(?:之)?内|(?:\d{1,2}月)(?:\d{1,2}日|底|末|上旬|中旬|下旬)(?:之)?前|(?:本周|本月|月|年|季度|周)(?:底|末|内)(?:之)?前?|限时|明确解决时限"
)
WORKING_DAYS = {"工作日": 1, "日": 1, "天": 1, "周": 5}


@cache
def _receiver() -> re.Pattern[str]:
    organ = rf"(?:(?:(?<![{CJK}])|(?<=[由求成促给让向和及对责]))[市县区省镇州](?:(?![要把在的上下到将须长召])[{CJK}]){{0,12}}?(?:{'|'.join(w for w in words('commitments', 'organ_suffix') if w not in {'部', '公司', '镇', '乡'})}))"
    single = rf"(?:(?<!各级)(?<!各){either(words('commitments', 'receivers'))}|{organ})"
    return re.compile(rf"{single}(?:[、和及]{single})*")


def find_commitments(
    source: SourceText, people: PersonMentions, utterances: list[Utterance]
) -> tuple[Commitment, ...]:
    """One commitment for each group of clauses that names who must act, a deadline or a task handed over."""
    commitments: list[Commitment] = []
    speaker: PersonMention | None = None
    paragraph = -1
    for sentence in source.sentences:
        if sentence.kind != "body":
            continue
        if sentence.paragraph != paragraph:
            paragraph, speaker = sentence.paragraph, None
        utterance = next((u for u in utterances if u.sentence is sentence), None)
        mentioned = people.mentions_in(sentence.start, sentence.end)
        speaker = utterance.speaker if utterance else mentioned[0] if mentioned else speaker
        commitments += _commitments_in_sentence(source, sentence, speaker, utterance)
    return tuple(commitments)


def _commitments_in_sentence(
    source: SourceText, sentence: Sentence, speaker: PersonMention | None, utterance: Utterance | None
) -> list[Commitment]:
    text = source.text[sentence.start : sentence.end]
    if _is_promise(text, utterance):
        start = utterance.verb_end if utterance else sentence.start
        return [_commitment(source, speaker, (start, sentence.end), "承诺")]
    start = utterance.verb_end if utterance else _after_cue(source, sentence)
    pieces = _split_by_receiver(source, start, sentence.end)
    spot = any_of("commitments", "on_spot").search(text) and "办" in text
    commitments = [
        _commitment(source, speaker, p, "现场交办" if spot else "要求")
        for p in pieces
        if _is_binding(source, p)
    ]
    if not commitments and re.search(either(("现场交办", "当场交办")), text):
        at = source.text.rfind(",", sentence.start, sentence.start + text.index("场交办")) + 1
        commitments = [_commitment(source, speaker, (max(at, sentence.start), sentence.end), "现场交办")]
    return commitments


def _is_promise(text: str, utterance: Utterance | None) -> bool:
    if re.search(r"弘扬|全力以赴|认真落实|认真贯彻|抓手|始终|坚决", text):
        return False
    return bool(
        utterance
        and re.search(r"(?:表示|承诺|说),?(?:[^,。]{0,8})?(?:将|一定会?)(?!以|继续)[^,。]{4,}", text)
    )


def _after_cue(source: SourceText, sentence: Sentence) -> int:
    cue = any_of("commitments", "cue").search(source.text, sentence.start, sentence.end)
    return (
        cue.end()
        if cue and cue.group() in {"要求", "责成", "督促", "现场交办", "当场交办"}
        else sentence.start
    )


def _split_by_receiver(source: SourceText, start: int, end: int) -> list[tuple[int, int]]:
    """Split a sentence of orders where it turns to another receiver."""
    receivers = [m.start() for m in _receiver().finditer(source.text, start, end)]
    cuts = [
        r
        for r in receivers
        if source.text[r - 1 : r] in tuple(";,由") or source.text[r - 2 : r] in {"求", "成"}
    ]
    if len(cuts) <= 1:
        return [(start, end)]
    edges = [start, *[c for c in cuts[1:] if c > start], end]
    return list(itertools.pairwise(edges))


def _is_binding(source: SourceText, piece: tuple[int, int]) -> bool:
    """Whether a clause binds somebody: it names a receiver and an order, or sets a deadline."""
    text = source.text[piece[0] : piece[1]]
    if re.search(r"(?:负责人|负责同志|领导)[^,。]{0,12}(?:参加|参会|汇报|陪同|列席|发言)", text):
        return False
    receiver = _receiver().search(text)
    order = re.search(
        r"要(?!求)|须|将|应|限时|时限|明确|牵头|[日天周]内|逐一|建立|对接|负责|拿出|解决|加强|落实|协调|反馈",
        text,
    )
    if receiver and receiver.start() <= LONGEST // 3 and order:
        return not re.match(
            r"(?:和|与|等)?(?:.{0,6}(?:陪同|参加|列席)|负责人|主要负责|有关负责|副|书记|主任|局长|常委|常务|办公会|秘书|部署|决策|工作要求|要求)",
            text[receiver.end() :],
        )
    return bool(re.search(r"限时|逐个明确|明确(?:解决)?时限|\d个?工作日内", text))


def _commitment(
    source: SourceText, speaker: PersonMention | None, piece: tuple[int, int], mode: str
) -> Commitment:
    start, end = source.trimmed(*piece)
    end = max(end, start + 1)
    receiver = _receiver().search(source.text, start, end)
    due = DEADLINE.search(source.text, start, end)
    return Commitment(
        text=source.span(start, end, confidence=55),
        by=speaker.span(source, confidence=70) if speaker else None,
        to=source.span(receiver.start(), receiver.end(), confidence=65) if receiver else None,
        deadline_text=source.span(due.start(), due.end(), confidence=75) if due else None,
        deadline=_working_days(due) if due else None,
        mode=mode,
    )


def _working_days(due: re.Match[str]) -> int | None:
    """The length of a deadline in working days; None for a calendar date or 限时."""
    if not due["n"]:
        return None
    value = read_number(due["n"])
    return int(value) * WORKING_DAYS[due["u"]] if value is not None and due["u"] in WORKING_DAYS else None
