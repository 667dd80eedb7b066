"""Who said what: speakers, direct quotations and reported words."""

import re
from dataclasses import dataclass
from functools import cache

from gongjian.engines.reports.clean_text import Sentence, Source
from gongjian.engines.reports.draft import Quote, Span
from gongjian.engines.reports.people import People, Where
from gongjian.engines.reports.vocabulary import either, grammar, words

SHORTEST_QUOTE = 10
QUOTE = re.compile(r"“([^“”\n]{10,1000})”")
LIST_GAP = 12
NOT_SPOKEN = re.compile(
    r"^(?:关于|第|《|[^,。]{0,14}(?:单位|企业|称号|奖|项目|工程|活动|行动|个人|先锋|模范|集体|会议|大会|乡镇|园区)$)"
)


@dataclass(frozen=True)
class Utterance:
    """A person and the sentence in which their words are reported; `verb_end` is where the words may begin."""

    who: Where
    sentence: Sentence
    verb_end: int


@cache
def _speech() -> re.Pattern[str]:
    nouns = r"(?!的(?!是)|了?(?:\d|意见|建议)|书|会|责任|时限|任务|人)"
    return re.compile(
        rf"{either(words('verbs', 'speech'))}{nouns}|(?:发出|作出|作了)?(?:号召|动员|承诺)(?=[,。])"
    )


def utterances(source: Source, people: People) -> list[Utterance]:
    """Every sentence with a person as the subject of a verb of speech; 他 goes back to the person before."""
    found: list[Utterance] = []
    last: Where | None = None
    for sentence in source.sentences:
        if sentence.kind == "heading":
            last = None
        if sentence.kind != "body":
            continue
        here = _outside_quotes(source, people.between(sentence.start, sentence.end))
        said = _in_sentence(source, sentence, here, last)
        found += said
        last = said[-1].who if said else here[0] if here else last
    return found


def _outside_quotes(source: Source, here: list[Where]) -> list[Where]:
    return [p for p in here if not _quoted(source.text, source.sentence_at(p.start).start, p.start)]


def _quoted(text: str, start: int, position: int) -> bool:
    return text.count("“", start, position) > text.count("”", start, position)


def _in_sentence(
    source: Source, sentence: Sentence, here: list[Where], last: Where | None
) -> list[Utterance]:
    found: list[Utterance] = []
    text = source.text
    for verb in _speech().finditer(text, sentence.start, sentence.end):
        if _quoted(text, sentence.start, verb.start()):
            continue
        who = _subject(text, sentence, here, at=verb.start(), last=last)
        if who is not None and all(u.who.name != who.name for u in found):
            found.append(Utterance(who, sentence, verb.end()))
    return found


def _subject(
    text: str, sentence: Sentence, here: list[Where], *, at: int, last: Where | None
) -> Where | None:
    """Who speaks at `at`: the nearest person of the sentence, or the one 他 stands for."""
    before = [p for p in here if p.end <= at]
    if before:
        who = _head_of_list(text, before)
        gap = text[who.end : at]
        return (
            None
            if re.search(r"(?:会议|大会|负责人|企业家|代表|们|有的)(?:还)?$", gap)
            or re.search(r"听取.{0,10}$", gap)
            else who
        )
    opening = re.sub(r"“[^”]*”", "", text[sentence.start : at])
    return last if re.search(r"(?:^|[,。”])\s*(?:他|她)(?!们)[^,。]{0,10}$", opening) else None


def _head_of_list(text: str, before: list[Where]) -> Where:
    """Of 甲、乙 who speak or listen, the nearest subject: names joined by 、 count as one."""
    who = before[-1]
    for earlier in reversed(before[:-1]):
        gap = text[earlier.end : who.start]
        posts = sum(end - start for start, end in who.posts)
        if len(gap) - posts > LIST_GAP or not re.match(r"[、和]", gap):
            break
        who = earlier
    return who


def speakers(source: Source, said: list[Utterance], quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """Everyone whose words are reported, each once, in order."""
    found: dict[str, Span] = {}
    for one in said:
        found.setdefault(one.who.name, source.span(one.who.start, one.who.end, confidence=85))
    for quote in quotes:
        if quote.speaker is not None:
            found.setdefault(quote.speaker.value, quote.speaker)
    return tuple(sorted(found.values(), key=lambda s: s.start))


def quotations(source: Source, people: People, said: list[Utterance]) -> tuple[Quote, ...]:
    """Direct words of ten characters or more with the one who said them."""
    found = []
    for number, sentence in enumerate(source.sentences):
        if sentence.kind != "body":
            continue
        for match in QUOTE.finditer(source.text, sentence.start, sentence.end):
            if _is_spoken(source, sentence, match):
                who = _speaker(source, people, said, number=number, match=match)
                shown = source.span(who.start, who.end, confidence=75) if who else None
                found.append(Quote(shown, source.span(match.start(1), match.end(1), confidence=85)))
    return tuple(found)


def _is_spoken(source: Source, sentence: Sentence, match: re.Match[str]) -> bool:
    """Words rather than the name of a thing: they open the sentence, follow 说 or : or ,, or hold punctuation."""
    before = source.text[sentence.start : match.start()].strip()
    words_in = match.group(1)
    if NOT_SPOKEN.match(words_in) and "," not in words_in:
        return False
    opens = not before or before.endswith((":", ",", "。", "!", ")"))
    return (
        (opens and bool(re.search(r"[,。!?;、]", words_in)))
        or before.endswith((":", "说", "道"))
        or (opens and len(words_in) > SHORTEST_QUOTE + 5)
    )


def _speaker(
    source: Source, people: People, said: list[Utterance], *, number: int, match: re.Match[str]
) -> Where | None:
    sentence = source.sentences[number]
    here = [u for u in said if u.sentence is sentence]
    before = [u for u in here if u.verb_end <= match.start()]
    if before:
        return before[-1].who
    if not source.text[match.end() : sentence.end].strip("。!?, ;"):
        return _next_speaker(source, said, number)
    after = list(people.between(match.end(), sentence.end))
    if here:
        return here[0].who
    return after[0] if after and _tells(source, sentence, match.end()) else None


def _tells(source: Source, sentence: Sentence, start: int) -> bool:
    """What follows the quotation does not give it to somebody without a name."""
    tail = source.text[start : sentence.end]
    return not re.search(
        rf"(?:{either(grammar('posts', 'ranks'))}|企业家|工人|群众|们)(?:高兴地|激动地|感慨地)?(?:说|介绍|表示)",
        tail,
    )


def _next_speaker(source: Source, said: list[Utterance], number: int) -> Where | None:
    """A quotation that is a whole sentence belongs to the one who speaks in the next."""
    if number + 1 >= len(source.sentences):
        return None
    following = source.sentences[number + 1]
    return next((u.who for u in said if u.sentence is following), None)
