"""Requirements, promises and hand-overs (要求、承诺、交办), with who must do what and by when."""

import itertools
import re
from functools import cache

from gongjian.engines.reports.clean_text import Sentence, Source
from gongjian.engines.reports.draft import Action
from gongjian.engines.reports.firms import number
from gongjian.engines.reports.people import People, Where
from gongjian.engines.reports.speech import Utterance
from gongjian.engines.reports.vocabulary import CJK, any_of, either, words

LONGEST = 80
DEADLINE = re.compile(
    r"(?P<n>(?<!\d)\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个)?(?P<u>工作日|日|天|周|小时)(?:之)?内|(?:\d{1,2}月)(?:\d{1,2}日|底|末|上旬|中旬|下旬)(?:之)?前|(?:本周|本月|月|年|季度|周)(?:底|末|内)(?:之)?前?|限时|明确解决时限"
)
WORKING_DAYS = {"工作日": 1, "日": 1, "天": 1, "周": 5}


@cache
def _receiver() -> re.Pattern[str]:
    organ = rf"(?:(?:(?<![{CJK}])|(?<=[由求成促给让向和及对责]))[市县区省镇州](?:(?![要把在的上下到将须长召])[{CJK}]){{0,12}}?(?:{'|'.join(w for w in words('actions', 'organ_suffix') if w not in {'部', '公司', '镇', '乡'})}))"
    one = rf"(?:(?<!各级)(?<!各){either(words('actions', 'receivers'))}|{organ})"
    return re.compile(rf"{one}(?:[、和及]{one})*")


def actions(source: Source, people: People, said: list[Utterance]) -> tuple[Action, ...]:
    """One action for each clause group that names a doer, a deadline or a hand-over."""
    found: list[Action] = []
    speaker: Where | None = None
    paragraph = -1
    for sentence in source.sentences:
        if sentence.kind != "body":
            continue
        if sentence.paragraph != paragraph:
            paragraph, speaker = sentence.paragraph, None
        own = next((u for u in said if u.sentence is sentence), None)
        here = people.between(sentence.start, sentence.end)
        speaker = own.who if own else here[0] if here else speaker
        found += _in_sentence(source, sentence, speaker, own)
    return tuple(found)


def _in_sentence(
    source: Source, sentence: Sentence, who: Where | None, own: Utterance | None
) -> list[Action]:
    text = source.text[sentence.start : sentence.end]
    if _is_promise(text, own):
        start = own.verb_end if own else sentence.start
        return [_action(source, who, (start, sentence.end), "承诺")]
    start = own.verb_end if own else _after_cue(source, sentence)
    pieces = _pieces(source, start, sentence.end)
    spot = any_of("actions", "on_spot").search(text) and "办" in text
    found = [_action(source, who, p, "现场交办" if spot else "要求") for p in pieces if _binds(source, p)]
    if not found and re.search(either(("现场交办", "当场交办")), text):
        at = source.text.rfind(",", sentence.start, sentence.start + text.index("场交办")) + 1
        found = [_action(source, who, (max(at, sentence.start), sentence.end), "现场交办")]
    return found


def _is_promise(text: str, own: Utterance | None) -> bool:
    if re.search(r"弘扬|全力以赴|认真落实|认真贯彻|抓手|始终|坚决", text):
        return False
    return bool(
        own and re.search(r"(?:表示|承诺|说),?(?:[^,。]{0,8})?(?:将|一定会?)(?!以|继续)[^,。]{4,}", text)
    )


def _after_cue(source: Source, sentence: Sentence) -> int:
    cue = any_of("actions", "cue").search(source.text, sentence.start, sentence.end)
    return (
        cue.end()
        if cue and cue.group() in {"要求", "责成", "督促", "现场交办", "当场交办"}
        else sentence.start
    )


def _pieces(source: Source, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence of orders is cut where another receiver begins."""
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


def _binds(source: Source, piece: tuple[int, int]) -> bool:
    """A clause that binds somebody: a receiver with an order, or a deadline with an order."""
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


def _action(source: Source, who: Where | None, piece: tuple[int, int], mode: str) -> Action:
    start, end = source.clean(*piece)
    end = max(end, start + 1)
    receiver = _receiver().search(source.text, start, end)
    due = DEADLINE.search(source.text, start, end)
    return Action(
        text=source.span(start, end, confidence=55),
        by=source.span(who.start, who.end, confidence=70) if who else None,
        to=source.span(receiver.start(), receiver.end(), confidence=65) if receiver else None,
        deadline_text=source.span(due.start(), due.end(), confidence=75) if due else None,
        deadline=_working_days(due) if due else None,
        mode=mode,
    )


def _working_days(due: re.Match[str]) -> int | None:
    """Working days of a deadline given as a length; None for a calendar date or 限时."""
    if not due["n"]:
        return None
    value = number(due["n"])
    return int(value) * WORKING_DAYS[due["u"]] if value is not None and due["u"] in WORKING_DAYS else None
