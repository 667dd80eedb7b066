"""Hides telephone numbers by their shape: mobile, area code and number, local number, with +86, blanks, dashes, extension."""

import re

from gongjian.engines.writing.vocabulary import EXTENSION, TELEPHONE, UNITS

SHORTEST = 5  # digits of a number worth hiding in a cell of telephone numbers: internal short numbers have five or six
HIDDEN = "****"  # what stands for the middle of a number
LOCAL = 7  # digits of the shortest local number; one digit fewer of it stays visible than of eight
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_HALF = str.maketrans(
    _WIDE
    | {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"}
    | {ord(blank): " " for blank in "\u00a0\u2002\u2003\u2009\u202f\u3000\t"}
)
_SEP = r"[ .\-]{0,2}"
_BEFORE = r"(?<![0-9A-Za-z*])(?<!\d[.,_])(?<![0-9A-Z]-)"
_AFTER = rf"(?![0-9A-Za-z]|[.,]\d|\s?[{UNITS}])"
_COUNTRY = rf"(?P<country>(?:\(?\+\s?86\)?|0086|86(?={_SEP}1[3-9])){_SEP})?"
_AREA = rf"(?P<area>\(?(?:010|02\d|0[3-9]\d\d)\)?{_SEP}|(?<=86)\d{{2,3}}{_SEP}|(?<=86[ \-])\d{{2,3}}{_SEP})"
_EXTENSION = rf"(?P<extension>\s?(?:{'|'.join(map(re.escape, EXTENSION))}|[-#])\s?\d{{1,6}}(?!\d))?"
_MOBILE = re.compile(rf"{_BEFORE}{_COUNTRY}(?P<number>\(?1[3-9]\d\)?(?:{_SEP}\d){{8}}){_AFTER}")
_LANDLINE = re.compile(
    rf"{_BEFORE}{_COUNTRY}{_AREA}(?P<number>\d{{3,4}}{_SEP}\d{{4}}){_EXTENSION}{_AFTER}", re.IGNORECASE
)
_SPOKEN = re.compile(
    rf"(?P<words>(?:{'|'.join(map(re.escape, TELEPHONE))})[^\d\n]{{0,8}}|\*{{4}}\d{{3,4}}\s?[\u3001\uff0c,/;\uff1b\u6216\u548c ]\s?)"
    rf"(?P<number>\d{{3,4}}{_SEP}\d{{4}}){_EXTENSION}{_AFTER}",
    re.IGNORECASE,
)
_LEFT = re.compile(
    rf"(?<![*\d])\d(?:{_SEP}\d){{{SHORTEST - 1},}}(?![\d*]|{_SEP}\*)(?:\s?(?:{'|'.join(map(re.escape, EXTENSION))}|[-#])\s?\d{{1,6}}(?!\d))?"
)
_ANY_NUMBER = re.compile(r"\d\D{0,2}\d\D{0,2}\d\D{0,2}\d\D{0,2}\d")


def mask_phones(text: str) -> str:
    """A free text with the middle of each telephone number hidden; codes, amounts, dates and numbers of papers stay.

    A local number of seven or eight digits is one where a word before it says so.
    """
    half = text.translate(_HALF)
    if _ANY_NUMBER.search(half) is None:
        return text
    for pattern in (_MOBILE, _LANDLINE):
        text, half = _hide(text, half, pattern)
    while (found := _hide(text, half, _SPOKEN))[0] != text:
        text, half = found
    return text


def mask_phone_cell(cell: str) -> str:
    """A cell of telephone numbers with the middle of each hidden, whatever its shape."""
    text = mask_phones(cell)
    return _hide(text, text.translate(_HALF), _LEFT)[0]


def _hide(text: str, half: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """The text and its half-width twin, of equal length, with each match hidden."""
    parts, at = [], 0
    for match in pattern.finditer(half):
        parts += [text[at : match.start()], _hidden(match, text)]
        at = match.end()
    text = "".join([*parts, text[at:]])
    return text, text.translate(_HALF)


def _hidden(match: re.Match[str], text: str) -> str:
    given = match.groupdict()
    start = match.start("number") if "number" in given else match.start()
    before = text[match.start() : start]
    digits = re.sub(r"\D", "", given.get("number") or match.group())
    mobile = given.get("number") is not None and "area" not in given and "words" not in given
    shown = digits[:3] if mobile else ""
    tail = digits[-4:] if len(digits) > LOCAL else digits[-3:] if len(digits) == LOCAL else digits[-2:]
    extension = re.sub(r"\d", "*", given.get("extension") or "")
    return f"{before}{shown}{HIDDEN}{tail}{extension}"
