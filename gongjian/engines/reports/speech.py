"""Who said what: speakers, direct quotations and reported words."""

import re
from dataclasses import dataclass
from functools import cache

from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.draft import Quote, TextSpan
from gongjian.engines.reports.event_leads import is_of_a_firm
from gongjian.engines.reports.people import PersonMention, PersonMentions
from gongjian.engines.reports.vocabulary import either, grammar, words

SHORTEST_QUOTE = 10
QUOTE = re.compile(r"“([^“”\n]{10,1000})”")
LIST_GAP = 12
OPENS = 2  # most characters before a name that opens its sentence
NOT_SPOKEN = re.compile(
    r"^(?:关于|第|《|[^,。]{0,14}(?:单位|企业|称号|奖|项目|工程|活动|行动|个人|先锋|模范|集体|会议|大会|乡镇|园区)$)"
)


# 表示欢迎 reports no words
COURTESY = re.compile(
    r"(?:表示|致以|表达)(?:了)?[^,。;]{0,16}?(?:祝贺|感谢|欢迎|慰问|敬意|问候|谢意|哀悼|关切|祝愿)(?:和[^,。;]{2,6})?[,。;!]"
)
# 介绍了园区的情况 reports no words either
NO_WORDS = re.compile(r"介绍;|介绍。|介绍(?:了[^,。;:]|[^,。;:说]{0,20}情况[,。;])")
COLON = re.compile(r"(?:当场|当即|随即|立即|现场|马上)[^,。;:参出陪]{0,8}:")
RISES = re.compile(
    r"(?:站了?起|举起|拿起|接过|清了?清|打开|率先|摆摆手|笑了|抢过|第一个|当场|皱|叹|掰着|激动|有些|兴奋)[^,。;“”]{0,12}[,:]“[^”]{4,}[,。!?…]”"
)


@dataclass(frozen=True)
class Utterance:
    """A person and the sentence that reports what they said; their words begin at `verb_end` or later."""

    speaker: PersonMention
    sentence: Sentence
    verb_end: int


@cache
def _speech_verbs() -> re.Pattern[str]:
    nouns = r"(?!的(?!是)|了?(?:\d+[条个项点件份]|意见|建议)|书|会|责任|时限|任务|人|号|赞|发言|(?<=提出)了?[^,。;:]{0,6}要求[,。;])"
    return re.compile(
        rf"(?:(?<![和见、的条])建议|(?<!提出)(?<!提出了)(?<!作出)(?<!按照)(?<!明确)要求(?![。;])|(?<![简名人号职自尊俗])称(?![号呼职])|{either(tuple(w for w in words('verbs', 'speech') if w not in {'建议', '要求', '称'}))}){nouns}|(?:发出|作出|作了)?(?:号召|动员|承诺)(?=[,。])|(?:部署|安排|意见|讲话|发言|点评|时间表|交办|拍板|承诺|约定|商定)(?=:)|指示(?=[,:])|(?<!议)(?<!求)明确(?=[,:])"
    )


def find_utterances(source: SourceText, people: PersonMentions) -> list[Utterance]:
    """Every sentence in which a person is the subject of a verb of speech; 他 stands for the last person named."""
    utterances: list[Utterance] = []
    last: PersonMention | None = None
    for sentence in source.sentences:
        if sentence.kind == "heading":
            last = None
        if sentence.kind != "body":
            continue
        mentioned = _outside_quotes(source, people.mentions_in(sentence.start, sentence.end))
        in_sentence = _utterances_in_sentence(source, sentence, mentioned, last)
        utterances += in_sentence
        last = in_sentence[-1].speaker if in_sentence else mentioned[0] if mentioned else last
    return utterances


def _outside_quotes(source: SourceText, mentioned: list[PersonMention]) -> list[PersonMention]:
    return [p for p in mentioned if not _is_quoted(source.text, source.sentence_at(p.start).start, p.start)]


def _is_quoted(text: str, start: int, position: int) -> bool:
    return text.count("“", start, position) > text.count("”", start, position)


def _utterances_in_sentence(
    source: SourceText, sentence: Sentence, mentioned: list[PersonMention], last: PersonMention | None
) -> list[Utterance]:
    utterances: list[Utterance] = []
    text = source.text
    for verb in _speech_verbs().finditer(text, sentence.start, sentence.end):
        if _is_quoted(text, sentence.start, verb.start()) or NO_WORDS.match(text, verb.start()):
            continue
        if COURTESY.match(text, verb.start()):
            continue
        speaker = _subject(text, sentence, mentioned, at=verb.start(), last=last)
        if speaker is not None and all(u.speaker.name != speaker.name for u in utterances):
            utterances.append(Utterance(speaker, sentence, verb.end()))
    beside = _beside_quote(text, sentence, mentioned) or _alone_with_quote(text, sentence, mentioned)
    if utterances and beside is not None and all(u.speaker.name != beside.name for u in utterances):
        return [Utterance(beside, sentence, beside.end), *utterances]
    if beside is not None and not utterances:
        return [Utterance(beside, sentence, beside.end)]
    return utterances or _before_colon(text, sentence, mentioned)


def _before_colon(text: str, sentence: Sentence, mentioned: list[PersonMention]) -> list[Utterance]:
    """The one whose words follow a colon, without a verb of speech: 甲:企业有难题, 甲感触很深:“…”."""
    for person in mentioned:
        opens = (person.posts[0][0] if person.posts else person.start) - sentence.start <= OPENS
        bare = opens and text.startswith(":", person.end)
        felt = re.compile(r"[^,。;:“”]{0,12}:“").match(text, person.end, sentence.end)
        acts = opens and COLON.match(text, person.end, sentence.end)
        if bare or acts or (felt and not re.search(r"会议|宣读|主题|题为", felt.group())):
            return [Utterance(person, sentence, person.end)]
    return []


def _alone_with_quote(text: str, sentence: Sentence, mentioned: list[PersonMention]) -> PersonMention | None:
    """The one person named in a sentence that opens with spoken words: “…。”4月17日,海拓机械经理甲拿到了证书."""
    opening = re.compile(r"\s*“[^“”]{8,}[。!?…]”(?=.)").match(text, sentence.start, sentence.end)
    names = {p.name for p in mentioned}
    if opening is None or not names or "“" in text[opening.end() : sentence.end]:
        return None
    last = mentioned[-1]
    if not last.posts:
        return None
    heads = text[last.posts[0][0] - 1] in ",;时”" and is_of_a_firm(text, last)
    return last if len(names) == 1 or heads else None


def _beside_quote(text: str, sentence: Sentence, mentioned: list[PersonMention]) -> PersonMention | None:
    """Whoever stands beside spoken words without a verb of speech: 甲站了起来,“…”, “…,”乙接过话头."""
    for person in mentioned:
        first = min([start for start, _end in person.posts], default=person.start)
        if re.search(r"[,。!?…]”$", text[max(first - 2, sentence.start) : first]):
            return person
        if RISES.match(text, person.end, sentence.end):
            return person
    return None


def _subject(
    text: str, sentence: Sentence, mentioned: list[PersonMention], *, at: int, last: PersonMention | None
) -> PersonMention | None:
    """Who speaks at offset `at`: the nearest person before it in the sentence, or the one 他 stands for."""
    before = [p for p in mentioned if p.end <= at]
    if before:
        subject = _who_addresses(text, before, _head_of_list(text, before))
        owner = [p for p in before if p.end <= subject.start and p.name != subject.name]
        first = min([a for a, _b in subject.posts], default=subject.start)
        if last is not None and HE_TO.search(text, sentence.start, first):
            return last
        called = owner and CALLS.search(
            text[owner[-1].end : min([a for a, _b in subject.posts], default=subject.start)]
        )
        if called and "," in text[subject.end : at]:
            subject = owner[-1]  # 甲叫来局长乙,要求
        if owner and re.match(r"的[^,。;:]{1,8},", text[subject.end : at]):
            subject = owner[-1]  # 甲拨通乙的电话,要求
        gap = text[subject.end : at]
        if TOOK_THE_FLOOR.match(text[before[-1].end : at]):
            return None
        if re.match(r"等(?:\d+|[两三四五六七八九十]+)[余多]?[名位个家]", gap):
            return None  # 甲等7名企业家提出
        if gap.endswith("的"):
            return None  # 按照甲的要求
        return (
            None
            if (
                not re.match(r"[^,]{0,4}(?:对|向|同|与)", gap)
                and re.search(r"(?:会议|大会|负责人|企业家|代表|们|有的|对方)(?:还|当场|当即|现场)?$", gap)
            )
            or re.search(
                r"听取.{0,10}$|[,;](?:与会|代表们|委员们|企业家|大家|会议|大会|参会|部分|各|企业负责人)[^,;]*$",
                gap,
            )
            else subject
        )
    opening = re.sub(r"“[^”]*”", "", text[sentence.start : at])
    return last if re.search(r"(?:^|[,。”])\s*(?:他|她)(?!们)[^,。]{0,10}$", opening) else None


HE_TO = re.compile(r"(?<!其)[他她][^,。;“”]{0,8}?(?:对|向|跟|同)[^,。;“”]{0,8}$")
# before somebody who is spoken to
CALLS = re.compile(
    r"(?:[叫喊找请约]来|叫到|联系|连线|拨通|致电|会同|当面|让|请|责成|安排|要求)(?:了|上)?(?:随行的?|在场的?)?$"
)
# after a list of those of whom no one's words are told: 甲、乙等代表各行业发言,围绕…提出建议
TOOK_THE_FLOOR = re.compile(
    r"等[^,。;]{0,8}?\d+[余多]?[名位个家]|等[^,。;]{0,12}?(?:发言|交流|座谈|建言),(?:分别|并)?(?:围绕|就|结合|针对)"
)
ADDRESSED = re.compile(r"[^,。;]{0,6}(?:给|向|对|跟|同)(?:前来)?[^,。;]{0,8}$")


def _who_addresses(text: str, before: list[PersonMention], subject: PersonMention) -> PersonMention:
    """Whoever speaks to the subject, where the verb follows both: 甲给前来走访的副区长乙算了一笔账."""
    earlier = [p for p in before if p.end <= subject.start and p.name != subject.name]
    if not earlier:
        return subject
    first = min([start for start, _end in subject.posts if start >= earlier[-1].end], default=subject.start)
    return earlier[-1] if ADDRESSED.fullmatch(text, earlier[-1].end, first) else subject


def _head_of_list(text: str, before: list[PersonMention]) -> PersonMention:
    """The first of the names joined by 、 that end nearest the verb: 甲 in 甲、乙表示."""
    head = before[-1]
    for earlier in reversed(before[:-1]):
        gap = text[earlier.end : head.start]
        posts = sum(end - start for start, end in head.posts)
        if len(gap) - posts > LIST_GAP or not re.match(r"[、和]", gap):
            break
        head = earlier
    return head


def find_speakers(
    source: SourceText, utterances: list[Utterance], quotes: tuple[Quote, ...]
) -> tuple[TextSpan, ...]:
    """Everybody whose words are reported, each once, in order of mention."""
    speakers: dict[str, TextSpan] = {}
    for utterance in utterances:
        speakers.setdefault(utterance.speaker.name, utterance.speaker.span(source, confidence=85))
    for quote in quotes:
        if quote.speaker is not None:
            speakers.setdefault(quote.speaker.value, quote.speaker)
    return tuple(sorted(speakers.values(), key=lambda s: s.start))


def find_quotes(source: SourceText, people: PersonMentions, utterances: list[Utterance]) -> tuple[Quote, ...]:
    """Direct quotations of ten characters or more, each with its speaker if one is named."""
    quotes = []
    spoken: dict[int, list[Utterance]] = {}
    for utterance in utterances:
        spoken.setdefault(utterance.sentence.start, []).append(utterance)
    for number, sentence in enumerate(source.sentences):
        if sentence.kind != "body":
            continue
        for match in QUOTE.finditer(source.text, sentence.start, sentence.end):
            if _is_spoken(source, sentence, match):
                speaker = _speaker_of_quote(source, people, spoken, number=number, match=match)
                shown = speaker.span(source, confidence=75) if speaker else None
                quotes.append(Quote(shown, source.span(match.start(1), match.end(1), confidence=85)))
    return tuple(quotes)


def _is_spoken(source: SourceText, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a quotation is spoken and not the name of a thing: it opens the sentence, follows 说 or :, or is punctuated."""
    before = source.text[sentence.start : match.start()].strip()
    words_in = match.group(1)
    if NOT_SPOKEN.match(words_in) and "," not in words_in:
        return False
    opens = not before or before.endswith((":", ",", "。", "!", ")", "讯", "消息"))
    return (
        (opens and bool(re.search(r"[,。!?;、]", words_in)))
        or before.endswith((":", "说", "道"))
        or (opens and len(words_in) > SHORTEST_QUOTE + 5)
    )


def _speaker_of_quote(
    source: SourceText,
    people: PersonMentions,
    spoken: dict[int, list[Utterance]],
    *,
    number: int,
    match: re.Match[str],
) -> PersonMention | None:
    sentence = source.sentences[number]
    in_sentence = spoken.get(sentence.start, [])
    before = [u for u in in_sentence if u.verb_end <= match.start()]
    if before:
        return before[-1].speaker
    if not source.text[match.end() : sentence.end].strip("。!?, ;"):
        return _next_speaker(source, spoken, number)
    after = list(people.mentions_in(match.end(), sentence.end))
    if in_sentence:
        return in_sentence[0].speaker
    return after[0] if after and _may_be_named_after(source, sentence, match.end()) else None


def _may_be_named_after(source: SourceText, sentence: Sentence, start: int) -> bool:
    """Whether what follows the quotation does not ascribe it to somebody unnamed (一位企业家说)."""
    tail = source.text[start : sentence.end]
    return not re.search(
        rf"(?:{either(grammar('posts', 'ranks'))}|企业家|工人|群众|们)(?:高兴地|激动地|感慨地)?(?:说|介绍|表示)",
        tail,
    )


def _next_speaker(
    source: SourceText, spoken: dict[int, list[Utterance]], number: int
) -> PersonMention | None:
    """Whoever speaks in the next sentence, to whom a quotation that fills its own sentence belongs."""
    if number + 1 >= len(source.sentences):
        return None
    following = spoken.get(source.sentences[number + 1].start, [])
    return following[0].speaker if following else None
