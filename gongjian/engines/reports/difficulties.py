"""Difficulties of firms in a report (困难、问题、诉求), each in a few words: 用工缺口, 用电负荷不足.

What a firm says counts as it is said, also as a wish; what the report says counts where a word like 反映, 得知 or 因 leads to
it, or as a list before 等问题; what officials say is a call, but for the matter they name before 问题.
"""

import re
from collections.abc import Iterator
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.deadlines import DEADLINE
from gongjian.engines.reports.difficulty_signs import (
    ADMITS,
    AIM,
    ALONE,
    AMOUNT,
    ANOTHER,
    AREA_DOES,
    BACKGROUND,
    BOUND,
    CALLED,
    CAUSE,
    CLOSING,
    COMPLAINS,
    CONTENT,
    CUE,
    DONE,
    FIRM_WORD,
    FIRMS_IN,
    HAZARD,
    IN_GENERAL,
    IN_WHICH,
    LEADS_TO,
    LEAST_COMPLAINT,
    LONGEST_COMPLAINT,
    LONGEST_NOUN,
    MACRO,
    NO_THING,
    ON_WHICH,
    OVER,
    OWED,
    PLAIN,
    REMEDY,
    SHORTEST,
    TELLS,
    TOPIC,
)
from gongjian.engines.reports.difficulty_words import (
    LONGEST_KEY,
    TAIL,
    WORRY,
    clauses,
    ending,
    items,
    key_start,
    lack,
    says_nothing,
    trouble,
)
from gongjian.engines.reports.draft import TextSpan
from gongjian.engines.reports.people import PersonMentions
from gongjian.engines.reports.speech import Utterance
from gongjian.engines.reports.tellers import ToldSentence, Voice, told_sentences
from gongjian.engines.reports.vocabulary import any_of, either, words

Range = tuple[int, int]


def find_problems(
    source: SourceText, people: PersonMentions, utterances: list[Utterance]
) -> tuple[TextSpan, ...]:
    """What troubles firms, each once and in the order of the report; of two names of one matter the longer."""
    found: dict[str, TextSpan] = {}
    named = False
    for told in told_sentences(source, people, utterances):
        explained = named and told.explains
        ranges = [] if explained else list(_in_sentence(source.text, told, named=named))
        named = bool(ranges) or explained
        for start, end in ranges:
            word = source.text[start:end]
            found.setdefault(word, source.span(start, end, confidence=55))
    longest = [span for word, span in found.items() if not any(word != w and word in w for w in found)]
    return tuple(sorted(longest, key=lambda span: span.start))


def _in_sentence(text: str, told: ToldSentence, *, named: bool) -> Iterator[Range]:
    """The difficulties of a sentence; a wish after a difficulty of the same teller is its remedy."""
    if OVER.search(text, told.sentence.start, told.sentence.end):
        return
    led = whole = False
    named = named and bool(REMEDY.match(text, told.sentence.start, told.sentence.end))
    complains = told.goes_on_complaining or told.numbered
    for start, end in clauses(text, told.sentence.start, told.sentence.end):
        led = led or bool(LEADS_TO.search(text, start, end))
        if _tells_anew(told, start, end) and not told.numbered:
            named, whole = named and bool(REMEDY.match(text, start, end)), False
        whole = whole and not ANOTHER.match(text, start, end)
        if whole or _is_absent(text, start, end) or _is_outcome(text, start, end):
            continue
        worry = _worry(text, (start, end), told)
        found = worry or list(_in_clause(text, (start, end), told, led=led))
        if not found and not named:
            found = list(_wish(text, (start, end), told))
        told_so = [] if found or named else _complaint(text, (start, end), told, complains=complains)
        found = found or told_so
        complains = complaint_begins(text, start, end) or (
            complains and not found and text[end : end + 1] in ",:“"
        )
        named = named or bool(found)
        whole = bool(found) and (bool(worry or told.numbered) or bool(CAUSE.search(text, start, found[0][0])))
        yield from found


def _complaint(text: str, clause: Range, told: ToldSentence, *, complains: bool) -> list[Range]:
    """The clause in which somebody complains, whatever its words: 反映,系统总是报错."""
    start, end = clause
    begun = COMPLAINS.search(text, start, end)
    if not (begun or complains) or told.voice_at(end - 1) is not Voice.FIRM:
        return []
    low = key_start(text, begun.end() if begun else start, end, longest=LONGEST_COMPLAINT)
    word = text[low:end]
    if (
        word.startswith(BACKGROUND)
        or not LEAST_COMPLAINT <= len(word) <= LONGEST_COMPLAINT
        or CONTENT.search(word)
        or says_nothing(word)
    ):
        return []
    return [(low, end)]


def complaint_begins(text: str, start: int, end: int) -> bool:
    """Whether a clause ends with a word of complaint, so that the next clause is the complaint: 反映,…."""
    begun = list(COMPLAINS.finditer(text, start, end + 1))
    return bool(begun) and end - begun[-1].end() < LEAST_COMPLAINT


def _tells_anew(told: ToldSentence, start: int, end: int) -> bool:
    return any(start <= at < end and voice is Voice.FIRM for at, voice in told.marks)


@cache
def _absent() -> re.Pattern[str]:
    return any_of("problems", "absent")


@cache
def _outcome() -> re.Pattern[str]:
    return re.compile(rf"(?:也|还|严重|直接|进而|从而|,|将)*{either(words('problems', 'outcomes'))}")


def _is_absent(text: str, start: int, end: int) -> bool:
    """Whether a clause says that there is no difficulty, that it is over, or that one should face it."""
    return bool(_absent().search(text, start, end) or DONE.search(text, start, min(end + 8, len(text))))


def _is_outcome(text: str, start: int, end: int) -> bool:
    return bool(_outcome().match(text, start, end))


def _in_clause(text: str, clause: Range, told: ToldSentence, *, led: bool) -> Iterator[Range]:
    listed = _closing(text, clause)
    if listed:
        yield from _listed(text, listed, told)
        return
    topic = TOPIC.match(text[slice(*clause)]) or HAZARD.search(text, *clause)
    for item in () if topic else items(text, *clause):
        voice = told.voice_at(item[1] - 1)
        told_first = _told_first(text, item) if voice is Voice.FIRM else None
        if told_first:
            yield told_first
        elif voice is Voice.FIRM or (voice is Voice.REPORT and (led or PLAIN.search(text, *item))):
            yield from _statement(text, item)


def _told_first(text: str, item: Range) -> Range | None:
    """The first item of a list of complaints, where no word of it troubles: 反映冷库用电按商业电价计收、成本吃不消."""
    begun = COMPLAINS.search(text, *item)
    if begun is None or text[item[1] : item[1] + 1] != "、" or any(True for _ in _statement(text, item)):
        return None
    low = key_start(text, begun.end(), item[1], longest=LONGEST_COMPLAINT)
    word = text[low : item[1]]
    plain = LEAST_COMPLAINT <= len(word) <= LONGEST_COMPLAINT
    return (low, item[1]) if plain and not CONTENT.search(word) and not says_nothing(word) else None


def _closing(text: str, clause: Range) -> Range | None:
    """The range of what is listed before 等问题 in a clause."""
    closing = CLOSING.search(text, clause[0] + 1, clause[1]) or ON_WHICH.search(
        text, clause[0] + 1, clause[1]
    )
    if not closing or IN_WHICH.match(text, closing.start() - 1):
        return None
    if text.startswith(words("problems", "people"), closing.end()):
        return None
    return clause[0], closing.start()


def _listed(text: str, listed: Range, told: ToldSentence) -> Iterator[Range]:
    """The items before 等问题, or those that name something a firm may lack."""
    voice = told.voice_at(listed[1] - 1)
    cue = bool(CUE.search(text, *listed)) or voice is Voice.FIRM
    if CALLED.search(text[slice(*listed)]) or _is_about_an_area(text, told):
        return
    if voice is Voice.OFFICE and not (_sets_a_task(text, told) or _admits(text, told)):
        return
    telling = re.compile(r"(?:反映|提出|针对|围绕|面临(?!的)|存在(?!的)|遇到(?!的))(?:了|的|着|出)?").search(
        text, *listed
    )
    for start, end in items(text, telling.end() if telling else listed[0], listed[1]):
        free = voice is Voice.FIRM or (
            voice is Voice.REPORT
            and bool(TELLS.search(text, listed[0], end) or FIRMS_IN.search(text, listed[0], end))
        )
        statement = list(_statement(text, (start, end)))
        if statement:
            yield from statement
            continue
        noun = _noun(text, start, end, any_noun=free)
        if noun and cue:
            yield noun


def _is_about_an_area(text: str, told: ToldSentence) -> bool:
    """Whether a sentence weighs how an area or its offices do, without a firm in it: 全市工业…,但也存在结构不优等问题."""
    start, end = told.sentence.start, told.sentence.end
    return bool(AREA_DOES.search(text, start, end)) and not FIRM_WORD.search(text, start, end)


def _admits(text: str, told: ToldSentence) -> bool:
    """Whether somebody of office says what troubles firms now: 要清醒看到,当前…企业融资难等问题叠加."""
    start, end = told.sentence.start, told.sentence.end
    return bool(ADMITS.search(text, start, end)) and bool(FIRM_WORD.search(text, start, end))


def _sets_a_task(text: str, told: ToldSentence) -> bool:
    """Whether words of office bind somebody: a term, or a unit by its name; a call to all names no difficulty."""
    start, end = told.sentence.start, told.sentence.end
    return bool(DEADLINE.search(text, start, end) or BOUND.search(text, start, end))


def _noun(text: str, start: int, end: int, *, any_noun: bool) -> Range | None:
    """A thing named before 问题: one that firms are known to lack, or with `any_noun` whatever it is."""
    low = key_start(text, start, end)
    low = low + 1 if text.startswith(("的", "了"), low) else low
    word = text[low:end]
    known = [noun for noun in words("problems", "nouns") if word.endswith(noun)]
    if known and not text.startswith(words("problems", "offices"), end):
        return (low, end) if len(word) <= LONGEST_NOUN // 2 else (end - len(known[0]), end)
    if (
        not any_noun
        or word.endswith(NO_THING)
        or word[:1].isdigit()
        or AIM.match(word)
        or not SHORTEST <= len(word) <= LONGEST_NOUN
        or says_nothing(word)
    ):
        return None
    return low, end


@cache
def _good_news() -> re.Pattern[str]:
    return re.compile("|".join(words("problems", "good_news")))


def _statement(text: str, item: Range) -> Iterator[Range]:
    """The first difficulty that an item states, from its subject to the word that troubles."""
    start, end = item
    tail = TAIL.search(text[start:end])
    bare = start + tail.start() if tail else end
    missing = lack().search(text, start, end)
    stated = trouble().search(text, start + 1, end) or ending().search(text[:bare], start + 1)
    if stated and not (missing and missing.start() <= stated.start()):
        if _good_news().search(text, start, min(end + 6, len(text))):
            return
        if MACRO.fullmatch(text[key_start(text, start, stated.start()) : stated.start()]):
            return
        if text.startswith(words("problems", "people"), stated.end()) or IN_GENERAL.search(
            text[start : stated.end()]
        ):
            return
        low = key_start(text, start, stated.start())
        least = SHORTEST - 1 if stated.group() in ALONE else SHORTEST
        amount = AMOUNT.match(text, stated.end(), end)
        if (
            stated.end() - low > least
            and not says_nothing(text[low : stated.end()])
            and not OWED.match(text, low)
        ):
            yield low, amount.end() if amount else stated.end()
    elif missing and not says_nothing(missing.group()):
        yield missing.span()


def _worry(text: str, clause: Range, told: ToldSentence) -> list[Range]:
    """What somebody worries about: 为扩建发愁, 最头疼的是招不到人."""
    worry = WORRY.search(text, *clause)
    if not worry or told.voice_at(worry.end() - 1) is Voice.OFFICE:
        return []
    found: list[Range] = []
    for low, high in items(text, *worry.span(worry.lastgroup or 0)):
        if text[high - 1] in "就对将":
            continue  # 就制约企业发展的用电问题 troubles by what follows
        begin = key_start(text, low, high)
        plain = SHORTEST <= high - begin <= LONGEST_KEY + 4 and not says_nothing(text[begin:high])
        found += list(_statement(text, (low, high))) or ([(begin, high)] if plain else [])
    return found


@cache
def _wishing() -> re.Pattern[str]:
    return re.compile(rf"(?<![意见条的]){either(words('problems', 'wishing'))}")


@cache
def _wished_of() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(words('problems', 'wished_of'))})+")


def _wish(text: str, clause: Range, told: ToldSentence) -> Iterator[Range]:
    """What a firm wishes, without those it is wished of: 希望政府在引进人才方面给予支持."""
    wish = _wishing().search(text, *clause)
    if not wish or told.voice_at(wish.end()) is not Voice.FIRM:
        return
    opening = _wished_of().match(text, wish.end(), clause[1])
    low = opening.end() if opening else wish.end()
    over = re.compile(either(words("problems", "wish_ends"))).search(text, low + 1, clause[1])
    high = min(over.start() if over else clause[1], low + LONGEST_KEY + 2)
    for start, end in items(text, low, high):
        word = text[start:end]
        if len(word) > SHORTEST and not word.startswith(words("problems", "empty_wishes")):
            yield start, end
