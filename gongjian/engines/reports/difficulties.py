"""Difficulties of firms in a report (困难、问题、诉求), each in a few words: 用工缺口, 用电负荷不足.

What a firm says counts as it is said, also as a wish; what the report says counts where a word like 反映, 得知 or 因 leads to
it, or as a list before 等问题; what officials say is a call, but for the matter they name before 问题.
"""

import re
from collections.abc import Iterator
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
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
SHORTEST = 2
LONGEST_NOUN = 12
CLOSING = re.compile(
    r"等?(?:方面)?(?:(?:存在|遇到|面临|碰到)着?)?的?(?:这?(?:\d{1,4}|[一二三四五六七八九十两多几]{1,3})[个条项件类]|(?:\d{1,4}|[一二三四五六七八九十两多几])[大方]面?|诸多|一系列|突出|实际|共性|具体)?(?:问题|难题|(?<=等)困难|(?<=[的面项个条大])困难|诉求|事项|烦心事|困扰)"
    r"(?!导向|意识|清单|整改|台账|办理|线索|征集|收集|和挑战|与挑战|就是|企业|时|群体|家庭)"
)
NO_THING = (
    "情况",
    "工作",
    "建设",
    "发展",
    "精神",
    "会议",
    "政策",
    "方案",
    "形势",
    "经验",
    "体会",
    "思路",
    "打算",
    "计划",
    "意见",
    "建议",
    "想法",
    "做法",
)
# what follows a list of matters on which firms spoke: 就用工、融资等方面提出建议5条
ON_WHICH = re.compile(
    r"等?(?:方面|内容|事宜)?(?:的?(?:情况和)?)(?=(?:分别|踊跃|积极|先后)?(?:提出|提交|反映)了?[^,。;]{0,10}(?:意见|建议|诉求)|的?(?:意见|建议|诉求)\d)"
)
# said by the report itself, and still a difficulty without a word that leads to it
PLAIN = re.compile(
    r"迟迟|至今未|至今没|一直未|一直没|缺少|急需|急缺|亟需|卡在|办不下来|招不到|留不住|贷不到|卖不出|难以为继|[资欠]金紧张|告急|(?:企业|公司|厂|项目|就|最|普遍|目前|还|急|十分)缺(?![口席位陷勤])"
)
CUE = re.compile(
    r"反映|提出|针对|围绕|存在|面临|遇到|解决|破解|协调|化解|涉及|收集|梳理|诉求|困扰|聚焦|就|关于|提交|征集|难题|处理|询问|企业在"
)
TELLS = re.compile(r"反映|提出|面临|存在|遇到|收集|征集")
LEADS_TO = re.compile(
    r"得知|了解到|获悉|因|由于|受|反映|提出|存在|面临|遇到|发现|苦于|困扰|制约|针对|看到|困难|难题|瓶颈|难处|遭遇|碰到|陷入|饱受|调查|问卷"
)
DONE = re.compile(
    r"(?:累计|共|已|先后|成功|圆满|陆续)[^,。;]{0,12}(?:解决|化解|破解|消除)|(?:解决|化解|破解|协调处理)了?[^,。;]{0,24}?(?:问题|难题|困难|诉求|事项)\d|(?:解决|化解|破解|消除|缓解)了"
)
CALLED = re.compile(
    r"(?:^|[,。])\s*为了?(?:进一步|有效|切实|着力|更好地?)*(?:破解|解决|缓解|化解|打通)|(?:着力|全力|切实|聚焦|有效|精准|持续|更好|善于|敢于|重点|坚决|主动)(?:帮助企业)?(?:解决|破解|化解)"
)

# how it was before, and that it is so no more
OVER = re.compile(
    r"(?:以前|过去|原来|原先|从前|此前|往年|当初)[^。]{2,60}?(?:现在|如今|而今|眼下)[^。]{0,20}?(?:再也|不用|不再|不愁|好了|解决|畅通|方便|足了|没了|轻松|省心|只需|只要)"
)
LEAST_COMPLAINT, LONGEST_COMPLAINT = 5, 24
COMPLAINS = re.compile(
    r"反映(?!了?(?:情况|出|民意|社情)|的|较|最|集中|强烈|普遍)|抱怨|吐槽|诉苦|叫苦|倒(?:起)?了?苦水|吐(?:起)?了?苦水|(?:问题|困难|诉求)(?:主要)?(?:有|是)(?=:)|提出(?=[,:])"
)
# words of somebody who is content, or wishes, or counts what was said
CONTENT = re.compile(
    r"满意|感谢|顺利|增长|有序|良好|信心|顺畅|充足|饱满|突破|没有困难|希望|建议|盼|诉求|意见|问题|困难|\d+[条件个项]$|情况|不错|很好|红火|支持|帮助|点赞|提升|优化|感受|变化|受[^,。]{2,12}(?:影响|限制|制约)$|(?:说|表示|介绍)$"
)
# troubles that are named by two characters
ALONE = frozenset(
    {
        "停电",
        "停水",
        "断电",
        "积水",
        "漏雨",
        "跳闸",
        "停产",
        "停工",
        "亏损",
        "滞销",
        "侵权",
        "断供",
        "扬尘",
        "断贷",
        "抽贷",
        "拖欠",
        "欠款",
    }
)
IN_GENERAL = re.compile(
    r"(?:发展|生产|经营|企业|说|听|听取|谈|讲|有|遇|解决|存在|实际|种种|重重|的|些|等|克服|帮扶|面对|临时|多|大|小|什么)困难$"
)
MACRO = re.compile(
    r"(?:国际|国内|全球|世界|宏观|外部|当前|整个|大)+(?:市场|经济|经济形势|形势|环境|行情|疫情|产业|行业|能源)?(?:价格|需求)?|(?:市场|经济|形势|环境|行情|疫情|大环境|经济运行)"
)
CAUSE = re.compile(r"(?:因|由于|受)(?!理|到表)")
REMEDY = re.compile(
    r"(?:企业|公司|该企业|该公司|他|她|因此|为此|同时|也|都|均|并|急切|迫切|大家|普遍|十分|恳切|仍|还)*(?:希望|盼|建议|恳请|请求|呼吁|期待|期盼|想请|渴望)"
)
ANOTHER = re.compile(r"还有|另外|此外|其次|再就是|再者|[二三四五六]是|也|同时|\d[.、]?")


def find_problems(
    source: SourceText, people: PersonMentions, utterances: list[Utterance]
) -> tuple[TextSpan, ...]:
    """What troubles firms, each once and in the order of the report; of two names of one matter the longer."""
    found: dict[str, TextSpan] = {}
    named = False
    for told in told_sentences(source, people, utterances):
        ranges = [] if named and told.explains else list(_in_sentence(source.text, told))
        named = bool(ranges) or (named and told.explains)
        for start, end in ranges:
            word = source.text[start:end]
            found.setdefault(word, source.span(start, end, confidence=55))
    longest = [span for word, span in found.items() if not any(word != w and word in w for w in found)]
    return tuple(sorted(longest, key=lambda span: span.start))


def _in_sentence(text: str, told: ToldSentence) -> Iterator[Range]:
    """The difficulties of a sentence; a wish after a difficulty of the same teller is its remedy."""
    if OVER.search(text, told.sentence.start, told.sentence.end):
        return
    led = named = whole = False
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
        whole = bool(found) and (
            bool(worry or told_so or told.numbered) or bool(CAUSE.search(text, start, found[0][0]))
        )
        yield from found


def _complaint(text: str, clause: Range, told: ToldSentence, *, complains: bool) -> list[Range]:
    """The clause in which somebody complains, whatever its words: 反映,系统总是报错."""
    start, end = clause
    begun = COMPLAINS.search(text, start, end)
    if not (begun or complains) or told.voice_at(end - 1) is not Voice.FIRM:
        return []
    low = key_start(text, begun.end() if begun else start, end, longest=LONGEST_COMPLAINT)
    word = text[low:end]
    if not LEAST_COMPLAINT <= len(word) <= LONGEST_COMPLAINT or CONTENT.search(word) or says_nothing(word):
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
    for item in items(text, *clause):
        voice = told.voice_at(item[1] - 1)
        if voice is Voice.FIRM or (voice is Voice.REPORT and (led or PLAIN.search(text, *item))):
            yield from _statement(text, item)


def _closing(text: str, clause: Range) -> Range | None:
    """The range of what is listed before 等问题 in a clause."""
    closing = CLOSING.search(text, clause[0] + 1, clause[1]) or ON_WHICH.search(
        text, clause[0] + 1, clause[1]
    )
    if not closing or text.startswith(words("problems", "people"), closing.end()):
        return None
    return clause[0], closing.start()


def _listed(text: str, listed: Range, told: ToldSentence) -> Iterator[Range]:
    """The items before 等问题, or those that name something a firm may lack."""
    voice = told.voice_at(listed[1] - 1)
    cue = bool(CUE.search(text, *listed)) or voice is Voice.FIRM
    if CALLED.search(text[slice(*listed)]):
        return
    telling = re.compile(r"(?:反映|提出|针对|围绕|面临(?!的)|存在(?!的)|遇到(?!的))(?:了|的|着|出)?").search(
        text, *listed
    )
    for start, end in items(text, telling.end() if telling else listed[0], listed[1]):
        free = voice is Voice.FIRM or (voice is Voice.REPORT and bool(TELLS.search(text, listed[0], end)))
        statement = list(_statement(text, (start, end)))
        if statement:
            yield from statement
            continue
        noun = _noun(text, start, end, any_noun=free)
        if noun and cue:
            yield noun


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
        if stated.end() - low > least and not says_nothing(text[low : stated.end()]):
            yield low, stated.end()
    elif missing and not says_nothing(missing.group()):
        yield missing.span()


def _worry(text: str, clause: Range, told: ToldSentence) -> list[Range]:
    """What somebody worries about: 为扩建发愁, 最头疼的是招不到人."""
    worry = WORRY.search(text, *clause)
    if not worry or told.voice_at(worry.end() - 1) is Voice.OFFICE:
        return []
    found: list[Range] = []
    for low, high in items(text, *worry.span(worry.lastgroup or 0)):
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
