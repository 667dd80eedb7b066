"""What a cell of a record says: a text, a day, a whole number, an amount, yes or no. Pure.

Nothing is guessed: a cell that does not say it clearly raises `BadCell` with the reason as a code; whoever calls writes the sentence.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any

from gongjian.engines.sheets.book import UnreadValue
from gongjian.engines.tables.chinese_numerals import read_numeral
from gongjian.engines.tables.folding import bare, folded
from gongjian.engines.tables.vocabulary import DATE_SIGNS, words

EXACT = 10**15  # from here on Excel turns the last digits of a number into zeros
EARLIEST, LATEST = 14_000, 80_000  # days from 1900 that a bare number may stand for: 1938 to 2119
CENTURY = 100
LONG_NUMBER = re.compile(r"^\d(?:\.\d+)?e\+?\d{2}$")
AMOUNT = re.compile(r"^([+-]?[\d,]*\.?\d+)(万元|亿元|千元|元|万|亿|%|‰)?$")
FACTORS = {"": 1, "元": 1, "千元": 1000, "万": 10_000, "万元": 10_000, "亿": 10**8, "亿元": 10**8}
_TIME = re.compile(
    r"(?:t|上午|下午|星期.|周.|\(.*\))?\d{0,2}(?::\d{1,2}){1,2}(?:\.\d+)?$|(?:星期|周)[一二三四五六日天]$"
)
_SPAN = re.compile(r"\d[日号]?(?:[至到~]|[—–]+|(?<=[日号])-)(?:\d|今)")
_CHINESE_DAY = re.compile(r"[〇一二三四五六七八九零]{4}年")


class Unclear(StrEnum):
    """Why a cell is not read."""

    FORMULA = "formula"
    ERROR = "error"
    CUT = "cut"
    NO_DAY = "no_day"
    NO_YEAR = "no_year"
    NO_DAY_OF_MONTH = "no_day_of_month"
    NO_SUCH_DAY = "no_such_day"
    SPAN = "span"
    NO_NUMBER = "no_number"
    NO_YES = "no_yes"
    NO_CHOICE = "no_choice"
    TOO_LONG = "too_long"


class BadCell(Exception):
    """A cell that is not read: why, and what it shows."""

    def __init__(self, why: Unclear, shown: str = "") -> None:
        super().__init__(why.value)
        self.why, self.shown = why, shown


def refuse_unread(cell: Any) -> None:
    """Raise BadCell for a formula without a stored value and for an error."""
    if isinstance(cell, UnreadValue):
        raise BadCell(Unclear.ERROR if cell.why == "error" else Unclear.FORMULA, cell.shown)


def read_text(cell: Any, *, longest: int) -> str:
    """The cell as text; numbers without a decimal point, several blanks as one. A number that Excel has cut is refused."""
    refuse_unread(cell)
    if isinstance(cell, datetime):
        cell = cell.date() if (cell.hour, cell.minute) == (0, 0) else cell
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    shown = re.sub(r"^'(?!')", "", str(cell).strip())  # the sign by which a number is kept as text
    text = "\n".join(" ".join(line.split()) for line in shown.splitlines() if line.strip())
    if len(text) > longest:
        raise BadCell(Unclear.TOO_LONG, str(longest))
    return text


def read_number_text(cell: Any, *, longest: int) -> str:
    """A code or a telephone number as text; refused where Excel has kept no more than fifteen of its digits."""
    refuse_unread(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT:
        raise BadCell(Unclear.CUT, f"{int(cell)}")
    if isinstance(cell, str) and LONG_NUMBER.match(folded(cell)):
        raise BadCell(Unclear.CUT, cell.strip())
    return unicodedata.normalize("NFKC", read_text(cell, longest=longest))


def read_choice(cell: Any, choices: dict[str, str]) -> str:
    """The choice a word stands for; `choices` maps folded words."""
    refuse_unread(cell)
    text = folded(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    found = next((choices[written] for written in _ways_to_write(text) if choices.get(written)), "")
    if not found:
        raise BadCell(Unclear.NO_CHOICE, str(cell).strip())
    return found


def _ways_to_write(text: str) -> Iterator[str]:
    """A word of a choice as written, then without brackets, marks, a remark behind it or an ending such as 类; √ and × as 是 and 否."""
    plain = bare(re.split(r"[,;。:，；：]", text)[0])
    yield from (text, bare(text), plain, plain.replace("已经", "已"))
    yield from (plain.removesuffix(end) for end in words()["choice_ends"] if plain.endswith(end))
    for word, said in (("是", "yes"), ("否", "no")):
        if text in words()[said]:
            yield word


def read_yes(cell: Any) -> bool:
    """Yes or no as people tick it."""
    refuse_unread(cell)
    text = folded(int(cell) if isinstance(cell, bool | float) else cell)
    for written in (text, bare(text)):
        if written in words()["yes"]:
            return True
        if written in words()["no"]:
            return False
    raise BadCell(Unclear.NO_YES, str(cell).strip())


def read_amount(cell: Any, *, unit: str) -> Decimal:
    """An amount in `unit` (元, 万元, 亿元, % or "" for a bare number); the unit in the cell counts before that of the heading.

    Numerals as vouchers write them are read as well: 贰拾万元整.
    """
    refuse_unread(cell)
    text = folded(cell).replace("，", ",").removeprefix("人民币").lstrip("¥￥:")
    if (numeral := read_numeral(text)) is not None:
        return numeral.value / FACTORS[unit] if numeral.in_yuan and unit in FACTORS else numeral.value
    match = AMOUNT.match(text.removesuffix("整").removesuffix("正"))
    if isinstance(cell, bool) or match is None:
        raise BadCell(Unclear.NO_NUMBER, str(cell).strip())
    try:
        number = Decimal(match.group(1).replace(",", ""))
    except InvalidOperation as error:
        raise BadCell(Unclear.NO_NUMBER, str(cell).strip()) from error
    own = match.group(2) or ""
    if own in FACTORS and unit in FACTORS and own:
        return number * FACTORS[own] / FACTORS[unit]
    if own and own != unit:
        raise BadCell(Unclear.NO_NUMBER, str(cell).strip())
    return number


def read_day(cell: Any, *, year: int | None = None, from_1904: bool = False) -> date:
    """The day: a real date, 2023.1.28, 20230128, 44954 (from 1904 where the file counts so), 二〇二三年一月二十八日, 1月28日 with `year`.

    2023年1月底 is the last day of that month. A month alone, a span and a day that does not exist are refused.
    """
    refuse_unread(cell)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _numbered_day(cell, str(cell), from_1904=from_1904)
    text = folded(without_time(str(cell)))
    if text.isdigit() and len(text) != len("20230128"):
        return _numbered_day(int(text), str(cell), from_1904=from_1904)
    return _written_day(text, str(cell).strip(), year)


def read_span(cell: Any, *, year: int | None = None) -> tuple[date, date]:
    """First and last day of a span: 3月5日—6日, 2025.3.5-3.6, 2025年3月5日至4月1日; BadCell for anything else."""
    refuse_unread(cell)
    shown = str(cell).strip()
    text = folded(without_time(shown))
    parts = re.split(r"[至到~—–]+", text)
    if len(parts) == 1 and re.search(r"[./日号]", text):
        parts = text.split("-")
    if len(parts) != 2:  # noqa: PLR2004  first and last
        raise BadCell(Unclear.SPAN, shown)
    first = _written_day(parts[0], shown, year)
    if re.fullmatch(r"\d{1,2}[日号]?", parts[1]):
        return first, _day(first.year, first.month, int(parts[1].rstrip("日号")), shown)
    return first, _written_day(parts[1], shown, first.year)


def without_time(text: str) -> str:
    """A written day without the part of the day, the hour, the day of the week and a remark in brackets behind it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    while (shorter := _behind_day().sub("", plain).strip()) != plain and shorter:
        plain = shorter
    return plain


@cache
def _behind_day() -> re.Pattern[str]:
    parts = "|".join(words()["parts_of_day"])
    hour = r"\d{1,2}(?::\d{1,2}(?::\d{1,2})?|[时点](?:\d{1,2}分?|半|整)?)"
    span = rf"{hour}(?:\s*[-至到~—]+\s*{hour})?(?:左右|许)?"
    week = r"(?:星期|周)[一二三四五六日天]"
    return re.compile(
        rf"(?:\([^()]*\)|(?<=\d日)\s*{span}|(?<=\d号)\s*{span}|\s+{span}|(?:{parts})\s*(?:{span})?|{week})$"
    )


def _numbered_day(number: float, shown: str, *, from_1904: bool) -> date:
    whole = int(number)
    if len(str(whole)) == len("20230128"):
        return _written_day(str(whole), shown, None)
    if not EARLIEST <= whole <= LATEST:
        raise BadCell(Unclear.NO_DAY, shown.removesuffix(".0"))
    return (date(1904, 1, 1) if from_1904 else date(1899, 12, 30)) + timedelta(days=whole)


def _written_day(text: str, shown: str, year: int | None) -> date:
    text = _in_figures(text)
    for end in words()["month_end"]:
        if text.endswith(end) and (match := re.fullmatch(r"(?:(\d{4})年)?(\d{1,2})", text.removesuffix(end))):
            return _month_end(match.group(1), int(match.group(2)), year, shown)
    if re.fullmatch(r"\d{8}", text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]), shown)
    plain = text.removesuffix("前").removesuffix("之").removesuffix("起").removesuffix("当天")
    if re.fullmatch(r"\d{4},\d{1,2},\d{1,2}", plain):
        plain = plain.replace(",", "-")
    for sign, dash in DATE_SIGNS.items():
        plain = plain.replace(sign, dash)
    plain = _TIME.sub("", plain) if ":" in plain or "周" in plain or "星期" in plain else plain
    parts = plain.strip("-").split("-")
    if not all(part.isdigit() for part in parts):
        raise BadCell(
            Unclear.SPAN if _SPAN.search(text) else Unclear.NO_DAY,
            shown,
        )
    return _from_parts([int(part) for part in parts], parts[0], year, shown)


def _from_parts(numbers: list[int], first: str, year: int | None, shown: str) -> date:
    if len(numbers) == 3:  # noqa: PLR2004  year, month, day
        short = len(first) == 2 and numbers[0] < CENTURY  # noqa: PLR2004  23.1.28
        if not short and len(first) != 4:  # noqa: PLR2004
            raise BadCell(Unclear.NO_DAY, shown)
        return _day(numbers[0] + (2000 if short else 0), numbers[1], numbers[2], shown)
    if len(numbers) == 2 and len(first) == 4:  # noqa: PLR2004  2023年1月
        raise BadCell(Unclear.NO_DAY_OF_MONTH, shown)
    if len(numbers) == 2:  # noqa: PLR2004  1月28日
        if year is None:
            raise BadCell(Unclear.NO_YEAR, shown)
        return _day(year, numbers[0], numbers[1], shown)
    raise BadCell(Unclear.SPAN if len(numbers) > 3 else Unclear.NO_DAY, shown)  # noqa: PLR2004


def _day(year: int, month: int, day: int, shown: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadCell(Unclear.NO_SUCH_DAY, shown) from error


def _month_end(written: str | None, month: int, year: int | None, shown: str) -> date:
    if written is None and year is None:
        raise BadCell(Unclear.NO_YEAR, shown)
    of_year = int(written) if written else year or 0
    following = (of_year + month // 12, month % 12 + 1)
    return _day(*following, 1, shown) - timedelta(days=1)


def _in_figures(text: str) -> str:
    """Chinese numerals of a date as figures."""
    digits = words()["digits"]
    if not _CHINESE_DAY.search(text):
        return text
    year, _sign, rest = text.replace("零", "〇").partition("年")
    parts = re.split(r"(月|日|号)", rest)
    return (
        "".join(str(digits.index(sign)) for sign in year)
        + "年"
        + "".join(_tens(part, digits) for part in parts)
    )


def _tens(part: str, digits: str) -> str:
    if not part or any(sign not in f"{digits}十" for sign in part):
        return part
    tens, ten, ones = part.rpartition("十")
    if not ten:
        return str(digits.index(part)) if len(part) == 1 else part
    return str((digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0))
