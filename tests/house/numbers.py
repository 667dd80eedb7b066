"""Numbers in prose: finding them as digits or as words, in English and in Chinese, and what is wrong with a document's.

A number is in order when a claim computes it from the code, or when a line of the excused says why it is no claim.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from fnmatch import fnmatch

Value = Decimal | int | float | time
ENGLISH = {
    word: Decimal(value)
    for value, words in {
        "0.1": ["tenth", "tenths"],
        "0.5": ["half"],
        "2": ["two", "twice"],
        "12": ["twelve", "dozen", "dozens"],
        "100": ["hundred", "hundreds"],
        "1000": ["thousand", "thousands"],
        "1000000": ["million", "millions"],
    }.items()
    for word in words
} | {
    word: Decimal(first + step * n)
    for first, step, words in (
        (3, 1, ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]),
        (13, 1, ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]),
        (20, 10, ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]),
    )
    for n, word in enumerate(words)
}
CHINESE_DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_WORD = "|".join(sorted(ENGLISH, key=len, reverse=True))
NUMBER = re.compile(
    rf"\d{{1,2}}:\d\d|\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{_WORD})(?:[ -](?:{_WORD}))*\b|[一二两三四五六七八九十百千万半]+",
    re.IGNORECASE,
)
# What is no prose: fenced and inline code, addresses of links, numbers of lists, the head of a decision record.
NO_PROSE = re.compile(
    r"```.*?```|`[^`]*`|(?<=\])\([^)\s]*\)|^\s*\d+\. |^# \d+\. |^- Date: [^\n]*|^\#\# Figures\n.*?(?=^\#\# |\Z)",
    re.DOTALL | re.MULTILINE,
)
INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:    .*\n?)+(?=\n|\Z)")


@dataclass(frozen=True)
class Claim:
    """Words with `{}` for each number, where they stand (a pattern of paths), and what the numbers must be."""

    where: str
    words: str
    values: Callable[[], Value | tuple[Value, ...]]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words as an expression with a group for each number; any white space fits a space."""
        parts = [r"\s*".join(map(re.escape, part.split(" "))) for part in self.words.split("{}")]
        return re.compile(f"({NUMBER.pattern})".join(parts), re.IGNORECASE)


@dataclass(frozen=True)
class Excused:
    """An expression for numbers that claim nothing about the code, where it may stand, and why it is no claim."""

    where: str
    words: str
    why: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, in which a space fits any white space."""
        return re.compile(self.words.replace(" ", r"\s+"))


def prose(text: str) -> str:
    """The text with everything that is no prose blanked out: same length, so that places stay."""
    for pattern in (INDENTED, NO_PROSE):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def value_of(written: str) -> Decimal:
    """The value of a number as it is written; a time of day counts in minutes."""
    if ":" in written:
        hours, minutes = written.split(":")
        return Decimal(int(hours) * 60 + int(minutes))
    if written[0].isdigit():
        return Decimal(written.replace(",", ""))
    if written[0].isascii():
        return _english(re.split(r"[ -]", written.lower()))
    return _chinese(written)


def _english(words: Sequence[str]) -> Decimal:
    value = ENGLISH[words[0]]
    for word in words[1:]:
        value = (
            value * ENGLISH[word] if not Decimal(2) <= ENGLISH[word] <= Decimal(9) else value + ENGLISH[word]
        )
    return value


def _chinese(written: str) -> Decimal:
    if written.startswith("半") or written.endswith("半"):
        return Decimal("0.5")
    total, section, digit = 0, 0, 0
    for sign in written:
        if sign in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[sign]
        elif sign == "万":
            total, section, digit = total + (section + digit or 1) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * CHINESE_UNITS[sign], 0
    return Decimal(total + section + digit)


def numbers(text: str) -> list[re.Match[str]]:
    """Every number in the prose of a text; 一 and a lone 百, 千 or 万 are words and no numbers."""
    return [found for found in NUMBER.finditer(prose(text)) if not re.fullmatch(r"一+|[百千万]+", found[0])]


def _plain(value: Value) -> Decimal:
    return Decimal(value.hour * 60 + value.minute) if isinstance(value, time) else Decimal(str(value))


def faults(name: str, text: str, *, claims: Iterable[Claim], excused: Iterable[Excused]) -> list[str]:
    """One sentence a fault of one document: a number that is wrong, and a number nobody answers for."""
    blank, covered, found = prose(text), set[int](), []
    for claim in (one for one in claims if fnmatch(name, one.where)):
        for place in claim.pattern.finditer(blank):
            values = claim.values()
            expected = [_plain(value) for value in (values if isinstance(values, tuple) else (values,))]
            written = [value_of(number) for number in place.groups()]
            covered |= {at for group in range(1, len(written) + 1) for at in range(*place.span(group))}
            if written != expected:
                found.append(
                    f"{name}: {' '.join(place[0].split())!r} should say {', '.join(map(str, expected))}"
                )
    for excuse in (one for one in excused if fnmatch(name, one.where)):
        covered |= {at for place in excuse.pattern.finditer(blank) for at in range(*place.span())}
    for number in numbers(text):
        if not covered >= set(range(*number.span())):
            line = text.count("\n", 0, number.start()) + 1
            around = " ".join(blank[max(0, number.start() - 30) : number.end() + 30].split())
            found.append(f"{name}:{line}: nobody answers for {number[0]!r} in {around!r}")
    return found


def unused(documents: dict[str, str], *, claims: Iterable[Claim], excused: Iterable[Excused]) -> list[str]:
    """Claims and excuses that fit no document any more."""
    blank = {name: prose(text) for name, text in documents.items()}
    lines: list[Claim | Excused] = [*claims, *excused]
    return [
        f"{one.where}: {one.words}"
        for one in lines
        if not any(fnmatch(name, one.where) and one.pattern.search(text) for name, text in blank.items())
    ]
