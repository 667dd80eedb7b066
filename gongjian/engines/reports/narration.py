"""Whether a sentence tells what took place, or sums up a period, plans, or names a part of a larger event."""

import re
from functools import cache

from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.dates import ASKS
from gongjian.engines.reports.vocabulary import either, grammar

FIRST_LINES = 6
LEARNT = re.compile(r"从[^,。;]{2,40}(?:会|仪式|活动)(?:现场)?上?(?:获悉|了解到|传来|传出)")
WITHIN = re.compile(
    r"(?:在)?[^,。;]{0,10}?(?:会上|大会上|仪式上|活动上|活动现场|仪式现场|会议期间|会后|仪式后|仪式前|签约前|签约后|活动前|活动后|会议前|会议结束后|仪式结束后|活动结束后|培训前|会议还|大会还|会前|活动中|活动还|仪式还|现场还|会场上|论坛上)"
)


def is_report_of_a_period(source: SourceText) -> bool:
    """Whether the text is a work report, a plan or a notice, in which only dated events are events."""
    head = source.text[: source.sentences[min(FIRST_LINES, len(source.sentences)) - 1].end][:400]
    titled = re.search(rf"{either(grammar('narration', 'documents'))}\s*(?:\(.{{0,20}}\))?\s*(?:\n|$)", head)
    return bool(titled) or bool(re.search(r"各位代表[::,!]|同志们[::]", source.text[:1500]))


@cache
def _period() -> re.Pattern[str]:
    return re.compile(
        rf"[\s“(]*(?:[一二三四五六七八九十]、|\d[.、])?{either(grammar('narration', 'period'))}"
    )


@cache
def _habit() -> re.Pattern[str]:
    return re.compile(either(grammar("narration", "habit")))


def is_summary(text: str, sentence: Sentence, at: int) -> bool:
    """Whether what is named at offset `at` is part of a summary or a plan: 今年以来…走访企业236家, 每月召开…会, 将走访."""
    if _period().match(text, sentence.start, sentence.end):
        return True
    clause = max(text.rfind(c, sentence.start, at) for c in ",;:。") + 1
    before = text[max(clause, sentence.start) : at]
    return bool(_habit().search(before)) or bool(
        re.match(r"[^,。;]{0,16}?\d+余?(?:多)?(?:次|场|场次|人次|轮)", text[at : at + 40])
    )


def is_within_event(text: str, sentence: Sentence, at: int) -> bool:
    """Whether a sentence begins as part of the event being told: 会上举行了签约仪式."""
    opening = WITHIN.match(text, sentence.start, sentence.end)
    return bool(opening) and (opening.end() if opening else at) <= at


def is_learnt(text: str, sentence: Sentence, at: int) -> bool:
    """Whether the reporter only heard at the meeting that ends at offset `at`: 记者从…推进会上获悉."""
    told = LEARNT.search(text, sentence.start, sentence.end)
    return bool(told) and told.start() < at <= told.end() if told else False


def is_asked_for(text: str, sentence: Sentence, at: int) -> bool:
    """Whether somebody only asks for the meeting named at offset `at`, which has not taken place: 要求…开好座谈会."""
    return bool(re.search(rf"(?:{ASKS}|强调|指出|希望|提出|表示)[^“”]*$", text[sentence.start : at]))


def is_elsewhere_in_time(text: str, sentence: Sentence, at: int) -> bool:
    """Whether the meeting named at offset `at` was last year, is to come or is only referred to: 贯彻…会议."""
    clause = max(text.rfind(c, sentence.start, at) for c in ",;。") + 1
    before = text[max(at - 40, sentence.start, clause) : at]
    return bool(re.search(r"去年|曾|此前|早在|将于|拟于|即将|下一步|贯彻|落实|按照|根据|传达", before))
