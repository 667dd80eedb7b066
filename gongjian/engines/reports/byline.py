"""Who wrote the report, where it stood and when it came out."""

import re
from datetime import date

from gongjian.engines.reports.clean_text import Source
from gongjian.engines.reports.dates import ISO
from gongjian.engines.reports.draft import Span
from gongjian.engines.reports.names import looks_like_name
from gongjian.engines.reports.vocabulary import CJK, either, words

STOP = re.compile(r"[)\n,。;|/]|讯|报道|摄|编辑|责编|审核|校对|监制|制图|统筹|供图")
TOKEN = re.compile(rf"[{CJK}·]+")
GLUED = (5, 6)
MAX_BYLINE = 60
MONTH_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日\s*(?:讯|电)")


def reporters(source: Source) -> tuple[Span, ...]:
    """Names after 记者, 通讯员 and 作者, in order, each once."""
    label = either(words("meta", "byline"))
    marker = re.compile(rf"{label}[ ::(]+|(?<=[(心社报台站网体 ]){label}(?=[{CJK}]{{2,4}}[) 、])")
    found: dict[str, Span] = {}
    for match in marker.finditer(source.text):
        end = min(match.end() + MAX_BYLINE, len(source.text))
        stop = STOP.search(source.text, match.end(), end)
        nested = marker.search(source.text, match.end(), end)
        limit = min(stop.start() if stop else end, nested.start() if nested else end)
        for start, stop_at in _names(source.text, match.end(), limit):
            found.setdefault(source.text[start:stop_at], source.span(start, stop_at, confidence=85))
    for start, stop_at in [] if found else _signature(source.text):
        found.setdefault(source.text[start:stop_at], source.span(start, stop_at, confidence=70))
    return tuple(found.values())


def _signature(text: str) -> list[tuple[int, int]]:
    """Names in brackets after the last full stop of the report: 。(甲某 乙某)."""
    match = re.compile(rf"[。”]\s*\(([{CJK}]{{2,3}}(?:[ 、][{CJK}]{{2,3}})*)\)\s*$").search(text[-200:])
    match = match or re.compile(rf"[。”]\s*([{CJK}]{{2,3}}(?: [{CJK}]{{2,3}})+)\s*$").search(text[-200:])
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


def _names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for token in TOKEN.finditer(text, start, end):
        word = re.sub(rf"{either(words('meta', 'byline'))}$", "", token.group())
        for piece in word.split("、") if "、" in word else _unglue(word):
            at = text.find(piece, token.start(), token.end())
            if piece and looks_like_name(piece):
                found.append((at, at + len(piece)))
    return found


def _unglue(word: str) -> list[str]:
    """Two names printed without a gap: 五字或六字."""
    if len(word) not in GLUED or "·" in word:
        return [word]
    for cut in (2, 3) if len(word) == GLUED[0] else (3,):
        left, right = word[:cut], word[cut:]
        if looks_like_name(left) and looks_like_name(right):
            return [left, right]
    return [word]


def published(source: Source) -> tuple[date | None, Span | None]:
    """The date of publication printed in the report's head or foot, if any."""
    for sentence in source.sentences:
        if sentence.kind in {"furniture", "heading"}:
            match = ISO.search(source.text, sentence.start, sentence.end)
            if match and _is_publication(source, sentence.start, match.start(), sentence.kind):
                when = _date(*match.groups())
                if when:
                    return when, source.span(
                        match.start(), match.end(), value=when.isoformat(), confidence=90
                    )
    return None, None


def _is_publication(source: Source, start: int, at: int, kind: str) -> bool:
    label = source.text[start:at]
    return (
        kind == "furniture" or not label.strip() or any(word in label for word in words("meta", "published"))
    )


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def outlet(source: Source) -> Span | None:
    """The paper or station: after 来源, before 讯 or 记者, else named in the head."""
    label = either(words("meta", "source"))
    tail = either(words("meta", "outlets"))
    head = source.text[:400]
    patterns = (
        (source.text, rf"{label}\s*[::]\s*([{CJK}A-Za-z·]{{2,20}})", 90),
        (head, rf"(?:^|\n)\s*([{CJK}·]{{2,12}})讯\s*[(\n]", 85),
        (head, rf"([{CJK}·]{{1,15}}{tail})(?:全媒体|融媒体|首席|见习)?(?:记者|讯)", 80),
        (head, rf"作者\s*[::]\s*([{CJK}]{{2,10}}{tail})", 75),
    )
    for text, pattern, confidence in patterns:
        match = re.search(pattern, text)
        if match and match.group(1) not in {"本报", "本网", "本站"}:
            return source.span(match.start(1), match.end(1), confidence=confidence)
    return None
