"""What must stand on one line of a paper: dates, numbers with their unit, codes and numbers of documents.

GB/T 9704 keeps figures and years whole. Word breaks behind a hyphen, and both Word and LibreOffice break between a figure
and the Chinese sign beside it; `parts` says what may not be parted.
"""

import re
from collections.abc import Iterator

NUMERALS = "〇零一二三四五六七八九十"
UNITS = "(?:个百分点|[万亿千百]*(?:元|吨|平方米|亩|千瓦时|公里|户次|户|人次|人|家次|家|场次|场|项|件|条|份|个|次|天|年)|[万亿])"
FIGURE = r"\d+(?:[,，.:：]\d+)*"
CODE = r"[A-Za-z]{0,8}\d[0-9A-Za-z]*(?:[-–/_.][0-9A-Za-z]+)+"
CLOSING = "[，。、；：！？）」』》”’]*"  # begins no line, so it would take the sign before it along
UNBROKEN = re.compile(
    r"(?:\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"|\d{1,2}月\d{1,2}日"
    rf"|[{NUMERALS}]{{4}}年(?:[{NUMERALS}]{{1,3}}月(?:[{NUMERALS}]{{1,3}}日)?)?"
    r"|[〔\[【(（]\d{4}[〕\]】)）](?:第)?\d+号"
    r"|第\d+[号期届次条]"
    rf"|{CODE}"
    rf"|[-−+±]?{FIGURE}(?:[-–—～~]{FIGURE})?(?:[%‰℃]|{UNITS})?"
    rf"){CLOSING}"
)
UNIT = re.compile(rf"(?:[%‰℃]|{UNITS})?{CLOSING}")
HYPHENS = ("-", "\u2010", "\u2011")
JOINTS = re.compile(r"[0-9A-Za-z.,:_]+|.")
FIRST_CHINESE = 0x2E80
SURE = 0.75  # of a line: a text so wide stays on it in a font of wider figures
# Widths beside a Chinese sign: half of it in 仿宋, more in the fonts that stand in for it where it is not installed.
NARROW, FIGURE_WIDTH, CAPITAL = 0.55, 0.64, 0.75


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, each with whether it must stand on one line.

    >>> list(parts("于11月24日报WT2026-000085"))
    [('于', False), ('11月24日', True), ('报', False), ('WT2026-000085', True)]
    """
    at = 0
    for found in UNBROKEN.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found.group(), len(found.group()) > 1
        at = found.end()
    if at < len(text):
        yield text[at:], False


def joints(piece: str) -> list[str]:
    """A piece that must stand on one line, cut where programs would break it: at hyphens and Chinese signs.

    >>> joints("2026年11月24日")
    ['2026', '年', '11', '月', '24', '日']
    >>> joints("WT2026-000085")
    ['WT2026', '-', '000085']
    """
    return JOINTS.findall(piece)


def unit_of(text: str) -> str:
    """The unit and stop with which a text goes on after a number: 家次， of 家次，召开."""
    found = UNIT.match(text)
    return found.group() if found else ""


def whole(text: str) -> list[str]:
    """The pieces of a text that must not be broken, two signs at least."""
    return [found.group() for found in UNBROKEN.finditer(text) if len(found.group()) > 1]


def width(text: str) -> float:
    """The width of a text in Chinese signs."""
    return sum(_width_of(sign) for sign in text)


def _width_of(sign: str) -> float:
    if ord(sign) >= FIRST_CHINESE:
        return 1
    return FIGURE_WIDTH if sign.isdigit() else CAPITAL if sign.isupper() else NARROW


def least_width(text: str) -> float:
    """The width of the widest piece that must not be broken."""
    return max((width(piece) for piece in whole(text)), default=1)


def lines_needed(text: str, room: float) -> int:
    """How many lines a text takes in a column as wide as `room` Chinese signs, at most."""
    return sum(_lines(line, max(room, 1)) for line in text.split("\n"))


def surely_one_line(text: str, room: float) -> bool:
    """Whether a text stands on one line in any font, or has no place where a program would break it: it is one figure."""
    return "\n" not in text and (width(text) < room * SURE or len(joints(text)) == 1)


def _lines(line: str, room: float) -> int:
    lines, used = 1, 0.0
    for text, is_whole in parts(line):
        for word in (text,) if is_whole else text:
            needed = width(word)
            if used and used + needed > room:
                lines, used = lines + 1, 0.0
            used += needed
    return lines
