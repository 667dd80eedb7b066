"""Who wrote the report (记者), which outlet published it (来源) and when."""

import re
from datetime import date
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.dates import ISO
from gongjian.engines.reports.draft import TextSpan
from gongjian.engines.reports.names import looks_like_name
from gongjian.engines.reports.vocabulary import CJK, either, words

STOP = re.compile(r"[)\n,。;|/]|讯|报道|摄|编辑|责编|审核|校对|监制|制图|统筹|供图")
TOKEN = re.compile(rf"[{CJK}·]+")
GLUED = (5, 6)
MAX_BYLINE = 60
MONTH_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日\s*(?:讯|电)")


@cache
def _label() -> re.Pattern[str]:
    """The word before the names of the authors, with what divides it from them."""
    label = either(words("byline", "byline"))
    ahead = r"(?:(?<=[(心社报台站网体讯闻 \n、/|])|^)"
    return re.compile(
        rf"{label}[ ::(]+|{ahead}{label}(?=[{CJK}]{{2,7}}(?:[) 、,/\n]|报道|摄|文|$))", re.MULTILINE
    )


def find_reporters(source: SourceText) -> tuple[TextSpan, ...]:
    """The names after 记者, 通讯员 and 作者, in order, each once; else the names in brackets at the foot."""
    names: dict[str, TextSpan] = {}
    for match in _label().finditer(source.text):
        end = min(match.end() + MAX_BYLINE, len(source.text))
        stop = STOP.search(source.text, match.end(), end)
        nested = _label().search(source.text, match.end(), end)
        limit = min(stop.start() if stop else end, nested.start() if nested else end)
        low = _start_of_bracket(source.text, match.start()) if not names else match.start()
        ranges = _names_in_byline(source.text, low, match.start())
        for start, stop_at in ranges + _names_in_byline(source.text, match.end(), limit):
            names.setdefault(source.text[start:stop_at], source.span(start, stop_at, confidence=85))
    for start, stop_at in [] if names else _names_at_the_foot(source.text):
        names.setdefault(source.text[start:stop_at], source.span(start, stop_at, confidence=70))
    return tuple(names.values())


def _start_of_bracket(text: str, label: int) -> int:
    """Where the names begin that stand before the label in its bracket: (甲某 记者乙某); the label without any."""
    opening = text.rfind("(", max(label - 24, 0), label)
    between = text[opening + 1 : label]
    return (
        opening + 1
        if opening >= 0 and re.fullmatch(rf"[{CJK}·]{{2,4}}(?:[ 、][{CJK}·]{{2,4}})*[ 、]", between)
        else label
    )


def _names_at_the_foot(text: str) -> list[tuple[int, int]]:
    """Ranges of the names after the last full stop of the report: 。(甲某 乙某)."""
    listed = rf"[{CJK}]{{2,3}}(?:[ 、][{CJK}]{{2,3}})"
    outlet = rf"(?:[{CJK}]{{2,12}}{either(words('byline', 'outlets'))} +)?"
    match = re.compile(rf"[。”!] *\n?\s*\({outlet}({listed}*)\)\s*$").search(text[-200:])
    match = match or re.compile(rf"[。”!]\s*({listed}+)\s*$").search(text[-200:])
    if not match:
        return []
    offset = max(len(text) - 200, 0)
    pieces = [
        (offset + match.start(1) + m.start(), m.group()) for m in re.finditer(rf"[{CJK}]+", match.group(1))
    ]
    return (
        [(at, at + len(word)) for at, word in pieces]
        if all(looks_like_name(word) for _, word in pieces)
        else []
    )


def _names_in_byline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for token in TOKEN.finditer(text, start, end):
        word = re.sub(rf"{either(words('byline', 'byline'))}$", "", token.group())
        for piece in word.split("、") if "、" in word else _split_names(word):
            at = text.find(piece, token.start(), token.end())
            if piece and looks_like_name(piece):
                ranges.append((at, at + len(piece)))
    return ranges


def _split_names(word: str) -> list[str]:
    """Split two names printed without a gap, five or six characters long."""
    if len(word) not in GLUED or "·" in word:
        return [word]
    for cut in (2, 3) if len(word) == GLUED[0] else (3,):
        first, second = word[:cut], word[cut:]
        if looks_like_name(first) and looks_like_name(second):
            return [first, second]
    return [word]


def find_publication_date(source: SourceText) -> tuple[date | None, TextSpan | None]:
    """The date of publication printed at the head or foot of the report and its place; (None, None) without one."""
    for sentence in source.sentences:
        if sentence.kind in {"furniture", "heading"}:
            match = ISO.search(source.text, sentence.start, sentence.end)
            if match and _is_publication(source, sentence.start, match.start(), sentence.kind):
                when = _date_or_none(*match.groups())
                if when:
                    return when, source.span(
                        match.start(), match.end(), value=when.isoformat(), confidence=90
                    )
    return None, None


def _is_publication(source: SourceText, start: int, at: int, kind: str) -> bool:
    label = source.text[start:at]
    return (
        kind == "furniture"
        or not label.strip()
        or any(word in label for word in words("byline", "published"))
    )


def _date_or_none(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def find_outlet(source: SourceText) -> TextSpan | None:
    """The paper or station: after 来源, before 讯 or 记者, or with 作者; None when the report does not name it."""
    label = either(words("byline", "source"))
    tail = either(words("byline", "outlets"))
    head = source.text[:400]
    patterns = (
        (source.text, rf"{label}\s*[::]\s*([{CJK}A-Za-z·]{{2,20}})", 90),
        (head, rf"(?:^|\n)\s*([{CJK}·]{{2,12}}?)(?:\d{{1,2}}月\d{{1,2}}日)?(?:讯|电|消息)\s*[( \n]", 85),
        (head, rf"(?:^|\n)\s*([{CJK}·]{{1,12}}{tail})(?:\d{{1,2}}月\d{{1,2}}日)?(?:讯|电|消息)", 85),
        (head, rf"([{CJK}·]{{1,15}}{tail})(?:全媒体|融媒体|首席|见习)?(?:记者|讯)", 80),
        (head, rf"作者\s*[::]\s*([{CJK}]{{2,10}}{tail})", 75),
        (source.text[-200:], rf"\(([{CJK}]{{2,12}}{tail})[ ::]", 70),
    )
    for text, pattern, confidence in patterns:
        match = re.search(pattern, text)
        if match and match.group(1) not in {"本报", "本网", "本站", "本台"}:
            at = match.start(1) + (len(source.text) - len(text) if text is not head else 0)
            return source.span(at, at + len(match.group(1)), confidence=confidence)
    return None
