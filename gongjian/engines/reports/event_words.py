"""What in a sentence says that something took place: a meeting by name, a visit by verb, a signing, a ground-breaking."""

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
BARE = 4
SHORT = 4


@dataclass(frozen=True)
class Trigger:
    """One sign of an event; `held` when a holding verb or a visiting subject makes it new rather than a mention."""

    type: str
    start: int
    end: int
    title: tuple[int, int] | None = None
    held: bool = False
    strong: bool = True


@dataclass(frozen=True)
class Surroundings:
    """Ranges a title or a subject cannot run into: names, dates and quoted stretches of the text."""

    ends: tuple[int, ...]
    quoted: bytearray


def surroundings(ends: list[int], quoted: bytearray) -> Surroundings:
    """Ends of names, dates and parts of the day, in order, and the quoted stretches."""
    return Surroundings(tuple(sorted(ends)), quoted)


@cache
def _nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    types: dict[str, str] = {}
    for kind in keys("meetings"):
        if kind not in {"hold", "attend", "tail"}:
            for noun in grammar("meetings", kind):
                types.setdefault(noun, kind)
    ordered = tuple(sorted(types, key=len, reverse=True))
    numbered = r"(?:第[\d一二三四五六七八九十百]+次(?:全体|常务)?(?:\(扩大\))?会议)?"
    return re.compile(
        f"(?P<noun>{either(ordered)}){numbered}(?![主副委员]|代表|堂|室|计|精神|要求|部署|决策|的?决定)"
    ), types


def meetings(text: str, sentence: Sentence, around: Surroundings) -> list[Trigger]:
    """Meetings named in a sentence."""
    pattern, types = _nouns()
    found: list[Trigger] = []
    floor = sentence.start
    for match in pattern.finditer(text, sentence.start, sentence.end):
        if around.quoted[match.start()]:
            continue
        if found and found[-1].title and text[found[-1].end : found[-1].end + 1] == "暨":
            found[-1] = _joined(text, found[-1], match.end(), sentence)
            floor = match.end()
            continue
        start = _title_start(text, match.start(), floor, around)
        held = _is_held(text, start, match.end(), sentence)
        found.append(Trigger(types[match["noun"]], match.start(), match.end(), (start, match.end()), held))
        floor = match.end()
    return found


def _joined(text: str, first: Trigger, end: int, sentence: Sentence) -> Trigger:
    """Two meetings in one, 甲会议暨乙会议: one event under the first one's type."""
    start = first.title[0] if first.title else first.start
    return Trigger(first.type, first.start, end, (start, end), _is_held(text, start, end, sentence))


def _title_start(text: str, noun: int, floor: int, around: Surroundings) -> int:
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
    low = max(low, around.ends[index - 1] if (index := bisect_right(around.ends, noun)) else low)
    cut = re.compile(
        f"{either(grammar('meetings', 'hold') + grammar('meetings', 'attend') + TITLE_CUT_WORDS)}的?"
    )
    starts = [m.end() for m in cut.finditer(text, low, noun) if not around.quoted[m.start()]]
    return _after_list(text, max([low, *starts]), noun)


def _after_list(text: str, low: int, noun: int) -> int:
    """A 、 inside a title is kept between short words (钢铁、水泥等), else the title begins after it."""
    while text[low : low + 1] in tuple("的了 、") and low < noun:
        low += 1
    bare = re.sub(r"“[^”]*”|\([^)]*\)", lambda m: "x" * len(m.group()), text[low:noun])
    if "、" not in bare or "等" in bare or "暨" in bare:
        return low
    pieces = bare.split("、")
    if all(len(piece) <= SHORT for piece in pieces[:-1]):
        return low
    return low + bare.rfind("、") + 1


def _is_held(text: str, start: int, end: int, sentence: Sentence) -> bool:
    before = text[max(start - 10, sentence.start) : start]
    after = re.split(r"[,。;]", text[end : min(end + 24, sentence.end)])[0]
    hold = any_rule("meetings", "hold")
    if (
        re.search(either(grammar("visits", "future")), text[max(start - 12, sentence.start) : start])
        or "筹备" in before
    ):
        return False
    if end - start <= BARE and re.search(r"(?:出席|参加|列席)$", before):
        return False  # 参加座谈会 tells of a meeting named elsewhere
    return bool(hold.search(before) or hold.search(after) or re.search(r"开幕|出席|主持$|参加$", before))


def visits(text: str, sentence: Sentence, around: Surroundings, meeting: list[Trigger]) -> list[Trigger]:
    """The first visiting verb of a sentence that is neither a noun, a plan nor somebody's company."""
    titles = [t.title for t in meeting if t.title]
    for key in ("strong", "weak"):
        for match in any_rule("visits", key).finditer(text, sentence.start, sentence.end):
            inside = any(a <= match.start() < b for a, b in titles) or around.quoted[match.start()]
            if not inside and _is_visit(text, match, sentence, key):
                return [Trigger("visit", match.start(), match.end(), held=True, strong=key == "strong")]
        if meeting:
            break
    return []


def _is_visit(text: str, match: re.Match[str], sentence: Sentence, key: str) -> bool:
    clause = max(text.rfind(c, sentence.start, match.start()) for c in ",;:。") + 1
    before = text[max(clause, sentence.start) : match.start()]
    if re.search(rf"{either(grammar('visits', 'company'))}[^,。]{{0,4}}$", before) or text.startswith(
        grammar("visits", "noun_after"), match.end()
    ):
        return False
    if re.search(rf"(?:{either(grammar('visits', 'goal'))}|组织|加强|加大|强化|推进|接受).{{0,6}}$", before):
        return False
    return key == "strong" or bool(
        re.match(r"[^,。;说要位于年月日目了]{2,}", text[match.end() : match.end() + 12])
    )


def weak(text: str, sentence: Sentence, around: Surroundings) -> list[Trigger]:
    """A meeting told without its name, a signing or a ground-breaking told by its verb."""
    for kind in keys("weak"):
        for match in any_rule("weak", kind).finditer(text, sentence.start, sentence.end):
            before = text[max(match.start() - 6, sentence.start) : match.start()]
            if (
                not around.quoted[match.start()]
                and not re.search(either(grammar("visits", "goal")), before)
                and "新" not in before[-1:]
            ):
                return [Trigger(kind, match.start(), match.end(), strong=False)]
    return []


def speech_between(text: str, start: int, end: int) -> bool:
    """Whether a verb of speech stands in the range: what follows is somebody's words."""
    return bool(
        re.search(rf"{either(tuple(w for w in words('verbs', 'speech') if len(w) > 1))}", text[start:end])
    )
