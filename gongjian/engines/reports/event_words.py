"""The words that show an event took place: the name of a meeting, the verb of a visit, a signing or a ground-breaking."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.vocabulary import any_rule, either, grammar, keys, words

CLAUSE = ",。;:!?\n"
TITLE_CUT_WORDS = (
    "在",
    "到",
    "由",
    "于",
    "率先",
    "会议室",
    "随后",
    "并",
    "分别",
    "我市",
    "刚刚结束的",
    "的通知",
    "主办的",
    "承办的",
    "举办的",
    "组织的",
    "当前",
    "同时",
    "贯彻落实",
    "贯彻",
    "落实",
    "传达",
    "学习",
    "认真",
    "按照",
    "根据",
)
MAX_TITLE = 60
PREPARED = r"(?:的|各项)?(?:筹备|准备|布展|彩排|会务)"
BARE = 4
# What joins two names of one meeting: 新春第一会——全区三级干部大会.
DASHED = re.compile(r"”?—+“?[^,。;—]{0,20}")
SHORT = 4
# what stands between the nouns of one name: 恳亲大会招商引资恳谈会
ONE_NAME = re.compile(r"(?:(?![了听上后前的与和暨及并要由对为在到])[一-鿿]){0,6}")
# a meeting that brings firms and banks, makers and buyers together, whatever noun it ends in: 政银企对接推进会
MATCHES_FIRMS = re.compile(r"(?:银企|产销|供需|校企|校地|产融)[^,。;“”]{0,4}?对接")
TELLING = frozenset(
    {"economic_meeting", "commendation", "mobilisation", "signing", "groundbreaking"}
)  # of two joint names the one that tells


@dataclass(frozen=True)
class EventSign:
    """One sign of an event. `takes_place`: a verb says it was held or somebody visited, so it is more than a mention.

    `strong`: named by a noun or a clear verb, so the event may begin with it.
    """

    type: str
    start: int
    end: int
    title: tuple[int, int] | None = None
    takes_place: bool = False
    strong: bool = True


@dataclass(frozen=True)
class TitleLimits:
    """What the title of a meeting cannot extend over: the ends of names and dates (`ends`), and quoted characters."""

    ends: tuple[int, ...]
    quoted: bytearray


def title_limits(ends: list[int], quoted: bytearray) -> TitleLimits:
    """The limits for titles, from the ends of names, dates and parts of the day in any order."""
    return TitleLimits(tuple(sorted(ends)), quoted)


@cache
def _meeting_nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    types: dict[str, str] = {}
    for kind in keys("meetings"):
        if kind not in {"hold", "attend", "tail", "any", "not_any"}:
            for noun in grammar("meetings", kind):
                types.setdefault(noun, kind)
    ordered = tuple(sorted(types, key=len, reverse=True))
    numbered = r"(?:第[\d一二三四五六七八九十百]+次(?:全体|常务)?(?:\(扩大\))?会议)?"
    return re.compile(
        f"(?P<noun>{either(ordered)})(?:(?<=会)议(?![程题事案论定决]))?{numbered}(?![主副委员]|了(?!解)|代表|堂|室|计|议?(?:、[^,。、]{{2,20}}){{0,3}}精神|议?的?重要讲话|议?要求|议?部署|议?决策|议?的?决定|曾|此前|议室|议厅|议中心|党组|党委|办公室|机关|班子|议?的?形式|议?的?方式|{PREPARED}|[^,。;]{{0,14}}(?:有关|相关|筹备|准备)(?:事宜|事项))"
    ), types


def meeting_signs(text: str, sentence: Sentence, limits: TitleLimits) -> list[EventSign]:
    """The signs of meetings in a sentence, one for each meeting named."""
    pattern, types = _meeting_nouns()
    signs: list[EventSign] = []
    floor = sentence.start
    for match in pattern.finditer(text, sentence.start, sentence.end):
        if limits.quoted[match.start()] and not _is_quoted_title(text, match, sentence):
            continue
        if match["noun"] == "常委会" and text.endswith("人大常委会", sentence.start, match.end()):
            continue  # the organ, not its meeting
        if signs and signs[-1].title and DASHED.fullmatch(text, signs[-1].end, match.start()):
            last = signs.pop()
            start = last.title[0] if last.title else last.start
            held = last.takes_place or _is_held(text, start, match.end(), sentence)
            signs.append(
                EventSign(types[match["noun"]], match.start(), match.end(), (start, match.end()), held)
            )
            floor = match.end()
            continue
        if signs and signs[-1].title and text[signs[-1].end : signs[-1].end + 1] == "暨":
            signs[-1] = _joint_meeting(text, signs[-1], match.end(), sentence)
            floor = match.end()
            continue
        start = _title_start(text, match.start(), floor, limits)
        if (
            signs
            and signs[-1].title
            and start == signs[-1].end
            and ONE_NAME.fullmatch(text, start, match.start())
        ):
            start = (signs.pop().title or (start, start))[0]  # 恳亲大会招商引资恳谈会
        takes_place = _is_held(text, start, match.end(), sentence)
        kind = _kind_of_title(types[match["noun"]], text[start : match.end()])
        signs.append(EventSign(kind, match.start(), match.end(), (start, match.end()), takes_place))
        floor = match.end()
    first = next((sign for sign in signs if sign.takes_place), None)
    if first is not None:
        return [s for s in signs if s.takes_place or not _means_the_same(s, first)]
    return _other_meeting(text, sentence, limits) or signs


def _means_the_same(sign: EventSign, held: EventSign) -> bool:
    """Whether a bare noun after a meeting that is held means it again: 举办…培训班,副市长甲出席开班式."""
    bare = sign.title is not None and sign.title[1] - sign.title[0] <= BARE
    return bare and held.end < sign.start


def _is_quoted_title(text: str, match: re.Match[str], sentence: Sentence) -> bool:
    """Whether the name of a meeting fills a quotation after a verb of holding: 召开“民营经济圆桌会”."""
    opening = text.rfind("“", max(match.start() - MAX_TITLE, sentence.start), match.start())
    before = text[max(opening - 8, sentence.start) : max(opening, sentence.start)]
    began = re.match(
        r"”(?:20\d\d年)?(?:度?第?[一二三四五六七八九十\d]{1,3}[期次场季])?(?:在[^,。;]{1,16}?)?(?:今天|昨天|今日|昨日|又|再次)?(?:如约|如期|准时|正式)?(?:而至|迎来|举行|召开|开始|开场|启动|开席|拉开)",
        text[match.end() : match.end() + 16],
    )
    return bool(began) or (
        text.startswith("”", match.end()) and bool(any_rule("meetings", "hold").search(before))
    )


@cache
def _held_pattern() -> re.Pattern[str]:
    hold = either(grammar("meetings", "hold"))
    title = rf"(?P<title>(?:“[^”]{{2,30}}”|[^,。;:!?“”\n]){{0,40}}?(?P<noun>{either(grammar('meetings', 'any'))}))"
    ending = r"(?=”?(?:\([^()]{1,12}\))?(?:[,。;、:]|$|暨|,))"
    return re.compile(rf"{hold}(?:了|的)?“?{title}{ending}")


def _other_meeting(text: str, sentence: Sentence, limits: TitleLimits) -> list[EventSign]:
    """A meeting whose name is on no list, after a verb of holding: 召开2024年度某某会."""
    for match in _held_pattern().finditer(text, sentence.start, sentence.end):
        title = match["title"]
        if limits.quoted[match.start()] or title.endswith(grammar("meetings", "not_any")):
            continue
        if title == "活动" or (match["noun"] == "活动" and "开展" in match.group() and "”" not in title):
            continue
        if (
            match["noun"] == "活动"
            and "开展" in match.group()[:4]
            and _goes_there(text, sentence, match.start())
        ):
            continue  # 深入企业开展“四送一服”活动 is a visit
        kind = _kind_by_word(title)
        at = match.end("noun") - len(match["noun"])
        span = (match.start("title"), match.end("title"))
        return [
            EventSign(
                kind, at, match.end("noun"), span, takes_place=_is_held(text, span[0], span[1], sentence)
            )
        ]
    return _took_place(text, sentence, limits)


@cache
def _then_held() -> re.Pattern[str]:
    held = r"(?:隆重|成功|圆满|顺利|正式|胜利|同步|如期)?(?:召开|举行|举办|开幕|启幕|开启)"
    return re.compile(rf"(?P<noun>{either(grammar('meetings', 'any'))})(?=”?(?:在[^,。;]{{2,16}}?)?{held})")


def _goes_there(text: str, sentence: Sentence, at: int) -> bool:
    clause = max(text.rfind(",", sentence.start, at), text.rfind("。", sentence.start, at), sentence.start)
    if re.search(r"(?:走进|来到|深入)[^,。;]{4,60},$", text[sentence.start : at]):
        return True  # 走进海拓机械、青云新材等企业,开展“局长走流程”活动
    return bool(re.search(r"深入|走进|来到|前往|[^,]{2}[到赴][^,]{2}", text[clause:at]))


def _took_place(text: str, sentence: Sentence, limits: TitleLimits) -> list[EventSign]:
    """A meeting whose name is on no list, before a verb of holding: 某某“云签约”仪式举行."""
    for match in _then_held().finditer(text, sentence.start, sentence.end):
        start = _title_start(text, match.start(), sentence.start, limits)
        title = text[start : match.end()]
        if (
            (limits.quoted[match.start()] and not text.startswith("”", match.end()))
            or len(title) <= BARE
            or title.endswith(grammar("meetings", "not_any"))
        ):
            continue
        return [
            EventSign(
                _kind_by_word(title), match.start(), match.end(), (start, match.end()), takes_place=True
            )
        ]
    return []


def _kind_of_title(kind: str, title: str) -> str:
    """The type of a meeting: of 甲表彰暨乙动员大会 the first part tells, and 民营经济发展大会 is about the economy."""
    first, joint, _ = title.partition("暨")
    told = _kind_by_word(first) if joint else ""
    if told in TELLING and not (kind in TELLING and told in {"signing", "groundbreaking"}):
        return told
    if kind == "coordination" and MATCHES_FIRMS.search(title):
        return "seminar"
    if kind in {"other", "coordination"} and any_rule("meetings_by_word", "economic_meeting").search(title):
        return "economic_meeting"
    return kind


def _kind_by_word(title: str) -> str:
    """The type of a meeting by what its name contains."""
    return next(
        (k for k in keys("meetings_by_word") if any_rule("meetings_by_word", k).search(title)), "coordination"
    )


def _joint_meeting(text: str, first: EventSign, end: int, sentence: Sentence) -> EventSign:
    """One sign for two meetings held together, 甲会议暨乙会议; its type is that of the first."""
    start = first.title[0] if first.title else first.start
    kind = _kind_by_word(text[first.end : end])
    telling = first.type in {"coordination", "other"} and kind in TELLING
    return EventSign(
        kind if telling else first.type, first.start, end, (start, end), _is_held(text, start, end, sentence)
    )


def _title_start(text: str, noun: int, floor: int, limits: TitleLimits) -> int:
    low, depth = noun, 0
    while low > max(floor, noun - MAX_TITLE):
        char = text[low - 1]
        if char in "”)":
            depth += 1
        elif char in "“(":
            if not depth:
                break
            depth -= 1
        elif not depth and char in CLAUSE:
            break
        low -= 1
    low = max(low, limits.ends[index - 1] if (index := bisect_right(limits.ends, noun)) else low)
    cut = re.compile(
        f"{either(grammar('meetings', 'hold') + grammar('meetings', 'attend') + TITLE_CUT_WORDS)}的?"
    )
    starts = [m.end() for m in cut.finditer(text, low, noun) if not limits.quoted[m.start()]]
    return _start_after_list(text, max([low, *starts]), noun)


def _start_after_list(text: str, low: int, noun: int) -> int:
    """Where the title begins: a 、 between short words (钢铁、水泥等) belongs to it, else it begins after the last 、."""
    low += text.startswith(("和", "及", "与"), low) and text[low - 1] in "会议式动"
    while text[low : low + 1] in tuple("的了 、") and low < noun:
        low += 1
    bare = re.sub(r"“[^”]*”|\([^)]*\)", lambda m: "x" * len(m.group()), text[low:noun])
    if "、" not in bare or "等" in bare or "暨" in bare:
        return low
    pieces = bare.split("、")
    if all(piece.startswith("集中") for piece in pieces[1:]) and "集中" in pieces[0]:
        return low  # 集中签约、集中开工活动
    if all(len(piece) <= SHORT for piece in pieces[:-1]):
        return low
    return low + bare.rfind("、") + 1


def _is_held(text: str, start: int, end: int, sentence: Sentence) -> bool:
    before = re.split(r"[,。;]", text[max(start - 10, sentence.start) : start])[-1]
    after = re.split(r"[,。;]", text[end : min(end + 24, sentence.end)])[0]
    hold = any_rule("meetings", "hold")
    if (
        re.search(either(grammar("visits", "future")), text[max(start - 12, sentence.start) : start])
        or "筹备" in before
    ):
        return False
    if end - start <= BARE and re.search(r"(?:出席|参加|列席)$", before):
        return False  # 参加座谈会 refers to a meeting named elsewhere
    return bool(hold.search(before) or hold.search(after) or re.search(r"开幕|出席|主持$|参加$", before))


def weak_signs(text: str, sentence: Sentence, limits: TitleLimits) -> list[EventSign]:
    """The first weak sign of a sentence: a meeting without its name, a signing or a ground-breaking by its verb."""
    for kind in keys("weak"):
        for match in any_rule("weak", kind).finditer(text, sentence.start, sentence.end):
            before = text[max(match.start() - 6, sentence.start) : match.start()]
            if (
                not limits.quoted[match.start()]
                and not re.search(either(grammar("visits", "goal")), before)
                and "新" not in before[-1:]
            ):
                return [EventSign(kind, match.start(), match.end(), strong=False)]
    return []


def has_speech_verb(text: str, start: int, end: int) -> bool:
    """Whether the range contains a verb of speech, so that what follows is what somebody said."""
    return bool(
        re.search(rf"{either(tuple(w for w in words('verbs', 'speech') if len(w) > 1))}", text[start:end])
    )


def unnamed_sign(text: str, sentence: Sentence, at: int) -> EventSign:
    """The sign of an event that no noun or verb of the lists names: a talk, a visit or something else."""
    told = text[sentence.start : sentence.end]
    if re.search(
        r"座谈|恳谈|围坐|围炉|茶叙|说事|请到一起|请到了一起|坐到一起|坐在一起|聚在一起|碰头|拉家常|聊|面对面|交流",
        told,
    ):
        kind = "seminar"
    else:
        kind = "coordination" if re.search(r"会议|开会|部署", told) else "other"
        kind = (
            "visit"
            if re.search(
                r"调研|检查|督导|观摩|视察|考察|走访|慰问|看望|来到|走进|深入|上门|入户|前往|到[^,。]{2,12}",
                told,
            )
            else kind
        )
    return EventSign(kind, at, at + 1, takes_place=True, strong=False)
