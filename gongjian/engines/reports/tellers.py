"""Who tells what a sentence says: somebody of a firm, somebody of office, or the report itself."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.people import PersonMention, PersonMentions
from gongjian.engines.reports.speech import Utterance
from gongjian.engines.reports.vocabulary import CJK, any_of, either, either_of_many, words

MEETING_SAYS = re.compile(
    r"(?:会议|大会|会上|座谈会|讲话|领导)(?:还|要求)?(?:强调|指出|要求|明确|认为|决定|提出,?要)"
)
# what firms tell, passed on by whoever speaks: 企业反映最集中的是账款回收慢
FIRMS_TELL = re.compile(
    r"(?:企业|商户|客商|业主)(?:家们?)?(?:普遍|主要|集中|比较)?反映(?:的)?(?:最|较|比较)?(?:集中|多|强烈|普遍|突出)?的(?:问题|诉求|困难)?(?:主要)?(?:是|有|为|集中在)"
)
ORDINAL = re.compile(
    r"[“\s]*(?:[一二三四五六七八九]是|[一二三四五六七八九十]{1,2}、|其[一二三四五]|第[一二三四五]|首先|其次|再次|最后|\(?[\d一二三四五六七八九]{1,2}[.、)])"
)
SHORT_ITEM = 20  # characters of an item that only names the difficulty the next sentences explain
SPOKEN_QUOTE = re.compile(r"“[^“”]{6,600}”")


class Voice(Enum):
    """Whose words a passage reports."""

    FIRM = "firm"
    OFFICE = "office"
    REPORT = "report"


@dataclass(frozen=True)
class ToldSentence:
    """A sentence with the offsets from which on somebody else tells; in the ranges of `quoted` a voice of their own.

    `numbered` is an item of a list of difficulties; one that `explains` follows a short item;
    one that `goes_on_complaining` follows a semicolon.
    """

    sentence: Sentence
    opening: Voice
    marks: tuple[tuple[int, Voice], ...]
    quoted: tuple[tuple[int, int, Voice], ...]
    numbered: bool = False
    explains: bool = False
    goes_on_complaining: bool = False

    def voice_at(self, position: int) -> Voice:
        """Whose words stand at an offset."""
        for start, end, voice in self.quoted:
            if start <= position < end:
                return voice
        before = bisect_right(self.marks, position, key=lambda mark: mark[0])
        return self.marks[before - 1][1] if before else self.opening


@cache
def _teller() -> re.Pattern[str]:
    """Somebody of a firm who tells: 企业负责人反映; also the firm that 反映 by itself."""
    who, how = either(words("problems", "tellers")), either(words("problems", "telling"))
    some = r"(?:有的|部分|不少|一些|多数|有|个别|多家|很多|大多数|许多|少数|[一二三四五六七八九]成)(?:企业|商户|业主|厂家|公司|农户|店铺|老板)"
    firm = either_of_many(words("firms", "short"))
    trade = rf"(?:做|卖|开|经营|从事|主营|种植|养殖)[{CJK}]{{1,10}}的[{CJK}]{{0,4}}?"
    told = r"(?:反映(?!的|强烈|集中|较|最|普遍|突出|了?(?:情况|当地|时代|精神|民意|社情))|抱怨|吐槽|诉苦|叫苦|苦水)"
    return re.compile(
        rf"(?:(?:{firm}|{trade})(?:则|还|也|又)?(?:{how})|{some}|{who}[^,。;:“”]{{0,12}}?(?:{how})(?!的|强烈|集中|较多|最)|{told})"
    )


@lru_cache(maxsize=64)
def _named_teller(names: tuple[str, ...]) -> re.Pattern[str]:
    """Somebody of a firm by name who tells: 毛东升还提到."""
    if not names:
        return re.compile(r"(?!)")
    return re.compile(rf"{either(names)}[^,。;:“”]{{0,8}}?{either(words('problems', 'telling'))}")


@cache
def _office_of_post() -> re.Pattern[str]:
    return re.compile(rf"{either(words('problems', 'office_names'))}(?:[^,。;]{{0,6}})?负责人")


def voice_of(source: SourceText, people: PersonMentions) -> dict[str, Voice]:
    """For each name whether its posts are those of a firm or of office."""
    voices: dict[str, Voice] = {}
    for mention in people.mentions:
        printed = "".join(source.text[a:b] for a, b in mention.posts)
        if printed:
            voices[mention.name] = _voice_of_post(printed)
    return voices


def _voice_of_post(printed: str) -> Voice:
    if any_of("problems", "firm_posts").search(printed):
        return Voice.FIRM
    if printed.endswith("负责人") and not _office_of_post().search(printed):
        return Voice.FIRM
    return Voice.OFFICE


def told_sentences(
    source: SourceText, people: PersonMentions, utterances: list[Utterance]
) -> Iterator[ToldSentence]:
    """Every sentence of the body with who tells it, in order."""
    voices = voice_of(source, people)
    spoken: dict[int, list[Utterance]] = {}
    for utterance in utterances:
        spoken.setdefault(utterance.sentence.start, []).append(utterance)
    opening = _Opening()
    for number, sentence in enumerate(source.sentences):
        if sentence.kind != "body":
            continue
        text = source.text[sentence.start : sentence.end]
        numbered = opening.enter(sentence, text)
        marks = _marks(source, sentence, spoken.get(sentence.start, []), voices)
        following = source.sentences[number + 1].start if number + 1 < len(source.sentences) else -1
        after = [_voice(u.speaker, voices) for u in spoken.get(following, [])]
        told = ToldSentence(
            sentence,
            opening.voice,
            marks,
            tuple(_quoted(source, sentence, marks, after)),
            numbered,
            opening.explains,
            opening.goes_on_complaining,
        )
        yield told
        opening.leave(text, marks)


class _Opening:
    """Whose words a sentence begins with: those of the sentence before it go on within a paragraph."""

    def __init__(self) -> None:
        self.voice = Voice.REPORT
        self.explains = False
        self.goes_on_complaining = False
        self._paragraph = -1
        self._listing = False
        self._headed = False

    def enter(self, sentence: Sentence, text: str) -> bool:
        """Begin a sentence; whether it is an item of an announced list of difficulties."""
        label = _label().match(text)
        numbered = bool(ORDINAL.match(text, label.end() if label else 0))
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            self.voice, self._listing = Voice.REPORT, self._listing and numbered
            self._headed = False
        if label:
            self._listing = True
        elif re.match(rf"\s*[【(]?{either(words('problems', 'ended'))}", text):
            self._listing = False
        self._headed = self._headed and self._listing and not numbered
        self.explains = self._headed
        self._headed = self._headed or (self._listing and numbered and len(text) <= SHORT_ITEM)
        if self._listing:
            self.voice = Voice.FIRM
        elif NARRATES.match(text):
            self.voice = Voice.REPORT
        return self._listing and numbered

    def leave(self, text: str, marks: tuple[tuple[int, Voice], ...]) -> None:
        """End a sentence: officials go on speaking, and a list of difficulties may have been announced."""
        last = marks[-1][1] if marks else self.voice
        complained = self.goes_on_complaining or bool(COMPLAINED.search(text))
        self.goes_on_complaining = complained and last is Voice.FIRM and text.endswith(";")
        if last is not Voice.OFFICE and ANNOUNCES.search(text):
            self._listing = True
        self.voice = last if last is Voice.OFFICE or text.endswith(";") else Voice.REPORT


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"\s*[【(]?(?:\d[.、])?{either(words('problems', 'announced'))}[】)]?[:,]?")


# how a report goes on to tell by itself after somebody of office has spoken
NARRATES = re.compile(
    r"\s*(?:在(?!.{0,6}(?:基础|前提|同时))|随后|走进|来到|得知|看到|此前|据|离开|当天|接着|座谈|走访|调研中)"
)
COMPLAINED = re.compile(r"反映(?!的)|抱怨|吐槽|提出[,:]|(?:问题|困难|诉求)(?:主要)?(?:有|是):")
ANNOUNCES = re.compile(
    r"(?:问题|困难|难题|诉求)[^,。;]{0,4}如下[:。]?$|(?:存在|面临|遇到|反映|提出|梳理|发现|收集)[^,。;]{0,12}(?:[一二三四五六七八九两几\d]{1,2}|以下|一些|不少|诸多|突出)[^,。;、]{0,6}(?:问题|困难|难题|诉求|瓶颈)\s*[。:]$"
)


def _voice(speaker: PersonMention, voices: dict[str, Voice]) -> Voice:
    return voices.get(speaker.name, Voice.REPORT)


def _voice_of_utterance(text: str, utterance: Utterance, voices: dict[str, Voice]) -> Voice:
    """Whose words follow: 强调, 指出 and 要求 are verbs of office where nothing is known of the speaker."""
    voice = _voice(utterance.speaker, voices)
    calls = text.endswith(("强调", "指出", "要求"), 0, utterance.verb_end)
    return Voice.OFFICE if voice is Voice.REPORT and calls else voice


def _marks(
    source: SourceText, sentence: Sentence, utterances: list[Utterance], voices: dict[str, Voice]
) -> tuple[tuple[int, Voice], ...]:
    text, low, high = source.text, sentence.start, sentence.end
    marks = [(u.verb_end, _voice_of_utterance(text, u, voices)) for u in utterances]
    taken = {at for at, _voice_there in marks}
    firm = _named_teller(tuple(name for name, voice in voices.items() if voice is Voice.FIRM))
    marks += [(m.end(), Voice.FIRM) for m in firm.finditer(text, low, high)]
    marks += [(m.end(), Voice.FIRM) for m in _teller().finditer(text, low, high) if m.end() not in taken]
    marks += [(m.end(), Voice.FIRM) for m in FIRMS_TELL.finditer(text, low, high)]
    marks += [(m.end(), Voice.OFFICE) for m in MEETING_SAYS.finditer(text, low, high)]
    return tuple(sorted(marks, key=lambda mark: mark[0]))


def _quoted(
    source: SourceText, sentence: Sentence, marks: tuple[tuple[int, Voice], ...], after: list[Voice]
) -> Iterator[tuple[int, int, Voice]]:
    """The quotations of a sentence, each with the voice of who is named before or else after it."""
    for match in SPOKEN_QUOTE.finditer(source.text, sentence.start, sentence.end):
        before = [voice for at, voice in marks if at <= match.start()]
        behind = [voice for at, voice in marks if at >= match.end()]
        alone = not source.text[match.end() : sentence.end].strip("。!?, ;")
        told = before[-1:] or behind[:1] or (after[:1] if alone else [])
        yield match.start(), match.end(), (told or [Voice.FIRM])[0]
