"""Dates in a report: finds them, fills in the year, and completes 同日, 次日 and 30日 from the date before."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.vocabulary import either, mapping, words

HEADLINE = 400  # characters in which a dateline stands
HEAD = 4  # most characters before a date that opens its sentence
MONTHS, AUTUMN = 12, 10
NEAR = 6  # characters after a day in which its lunar name stands: 2月18日(农历正月初九)
DASH = r"(?:至|到|—|-|~|―)"
CN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")}
DAY = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d)年)?(?<!\d)(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日?(?![\d.%个])"
    rf"(?:(?:{DASH}|、)(?:(?P<m2>1[0-2]|0?[1-9])月)?(?P<d2>3[01]|[12]\d|0?[1-9])日)?"
    rf"|(?<![\d.月])(?P<od>3[01]|[12]\d|0?[1-9])日?(?:{DASH}|、)(?P<od2>3[01]|[12]\d|0?[1-9])日"
    r"|(?<![\d.月])(?P<bd>3[01]|[12]\d|0?[1-9])日"
    r"|(?<!\d)(?P<glued>\d{3,4})日(?!元)"
    r"|(?<![\d.])(?P<iy>20\d\d)[.\-/](?P<im>1[0-2]|0?[1-9])[.\-/](?P<id>3[01]|[12]\d|0?[1-9])(?![\d.])"
    r"|(?:(?P<cy>[二〇零一三四五六七八九]{4})年)?(?<![一二三四五六七八九十])(?P<cm>十[一二]?|[一二三四五六七八九])月(?P<cd>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:-|/|\.|年)(0?[1-9]|1[0-2])(?:-|/|\.|月)(0?[1-9]|[12]\d|3[01])(?!\d)"
)
YEAR = re.compile(r"(?<!\d)(20\d\d)年")
ASKS = "(?<![作署关神总的和项议级体新策定委])要求"  # 按照工作要求,3月28日… tells what was asked for, and nobody asks
DATELINE = re.compile(r"日\s*(?:讯|电)(?![力话站网价气缆])")
AFTER_DAY = re.compile(r"日(?:前(?!往|来|去|后|期)|之前|以前|起|以来|至今|止|截止|后|内(?!容))")


@dataclass(frozen=True)
class DateMention:
    """A date in the text, `first` and `last` in ISO form; both are empty for a vague one (近日)."""

    start: int
    end: int
    first: str
    last: str


@dataclass(frozen=True)
class YearBasis:
    """How missing years are filled in: from the date of publication, else a year named in the text, else not at all."""

    published: date | None
    year: int | None
    basis: str
    after_review: bool = False

    def iso(self, month: int | None, day: int, year: int | None = None) -> str:
        """The ISO date, with XXXX or XX for what is not known; empty when the day does not exist."""
        if month is None:
            return self._with_month(day)
        year = year or self._year(month, day)
        if year is None:
            return f"XXXX-{month:02d}-{day:02d}" if _exists(2024, month, day) else ""
        return f"{year:04d}-{month:02d}-{day:02d}" if _exists(year, month, day) else ""

    def _year(self, month: int, day: int) -> int | None:
        if self.published is None:
            # a meeting that reviews a year is held early in the next; in autumn it could be either
            return None if self.after_review and month >= AUTUMN else self.year
        # the nearest past year, with a day of grace for a paper dated the day before it came out
        late = (month, day) > (
            (self.published + timedelta(days=1)).month,
            (self.published + timedelta(days=1)).day,
        )
        return self.published.year - 1 if late and self.published.month < month else self.published.year

    def split_glued(self, digits: str) -> tuple[int | None, int, int | None]:
        """Month and day of digits whose 月 was lost: of 12月4日 and 1月24日 for 124 the one nearest before; (None, 0, None) if none."""
        days = [(int(digits[:cut]), int(digits[cut:])) for cut in (1, 2) if digits[cut] != "0" or cut == 1]
        isos = [(self.iso(m, d), m, d) for m, d in days if 1 <= m <= MONTHS and d]
        real = [(iso, m, d) for iso, m, d in isos if iso]
        if not real:
            return None, 0, None
        _, month, day = max(real) if self.published else real[0]
        return month, day, None

    def _with_month(self, day: int) -> str:
        if self.published is None:
            return f"XXXX-XX-{day:02d}"
        month, year = self.published.month, self.published.year
        if day > self.published.day:
            month, year = (month - 1, year) if month > 1 else (12, year - 1)
        return f"{year:04d}-{month:02d}-{day:02d}" if _exists(year, month, day) else ""


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def year_basis(source: SourceText, published: date | None, *, from_hint: bool) -> YearBasis:
    """Decide how missing years are filled in; `from_hint` when the clerk gave the date of publication."""
    if published is not None:
        return YearBasis(published, published.year, "hint" if from_hint else "published")
    years: dict[int, int] = {}
    reviewed: set[int] = set()
    for match in YEAR.finditer(source.text):
        if source.text[max(match.start() - 1, 0) : match.start()] not in tuple("到至-—"):
            full_date = re.match(r"\d{1,2}月\d{1,2}日|度", source.text[match.end() : match.end() + 6])
            year = int(match.group(1))
            if _is_reviewed(source.text, match):
                year += 1
                reviewed.add(year)
            years[year] = years.get(year, 0) + (3 if full_date else 1)
    if not years:
        return YearBasis(None, None, "")
    best = max(years, key=lambda y: (years[y], y))
    return YearBasis(None, best, "text", after_review=best in reviewed)


def _is_reviewed(text: str, match: re.Match[str]) -> bool:
    """Whether a year is looked back on, as in 2016年度总结表彰大会, so that the report is of the year after."""
    around = text[max(match.start() - 4, 0) : match.start()], text[match.end() : match.end() + 16]
    return bool(re.search(r"回顾(?:了)?$|总结(?:了)?$", around[0])) or bool(
        re.match(
            r"度?[^,。;年\d]{0,10}?(?:总结|表彰|表扬|述职|评议|考核|先进|成绩|工作回顾|工作情况)", around[1]
        )
    )


def find_dates(source: SourceText, base: YearBasis, *, printed: date | None = None) -> list[DateMention]:
    """Every date on which an event may have taken place, in order; deadlines, datelines and quoted dates are left out."""
    tokens = _tokens(source)
    told_on = _dateline(source, base) or printed or base.published
    dates: list[DateMention] = []
    month: int | None = None
    year: int | None = None
    for match in tokens:
        if match.re is LUNAR:
            day = None if dates and match.start() - dates[-1].end < NEAR else _lunar_day(match, base)
        elif match.re is not DAY:
            day = _relative_date(match, dates, told_on)
        else:
            day, month, year = _calendar_date(match, base, month, year)
        if day is not None and not _is_no_event_day(source, match):
            dates.append(day)
    return dates


def _tokens(source: SourceText) -> list[re.Match[str]]:
    # 10日前 is a deadline, 日前 the other day
    # 上班第二天 is no next day
    relative = re.compile(
        r"(?<!\d)(?<![班工节期后])"
        + either(
            words("time", "same")
            + words("time", "next")
            + words("time", "vague")
            + words("time", "today")
            + words("time", "yesterday")
            + words("time", "day_before")
        )
    )
    inside = quoted_flags(source.text)
    body = [s for s in source.sentences if s.kind == "body"]
    matches: list[re.Match[str]] = []
    for sentence in body:
        for pattern in (DAY, relative, LUNAR):
            matches += [
                m
                for m in pattern.finditer(source.text, sentence.start, sentence.end)
                if not inside[m.start()]
            ]
    return sorted(matches, key=lambda m: m.start())


def quoted_flags(text: str) -> bytearray:
    """One flag for each character: 1 inside quotation marks opened in the same paragraph."""
    flags = bytearray(len(text))
    depth = 0
    for i, char in enumerate(text):
        if char == "\n":
            depth = 0
        elif char == "“":
            depth += 1
        elif char == "”":
            depth = max(depth - 1, 0)
        flags[i] = depth > 0
    return flags


def _is_no_event_day(source: SourceText, match: re.Match[str]) -> bool:
    """Whether a date is a deadline, a dateline or of another year, and so not the day of an event."""
    if _is_reported(source, match):
        return True
    tail = source.text[match.end() - 1 : match.end() + 3]
    before = source.text[max(match.start() - 3, 0) : match.start()]
    return bool(AFTER_DAY.match(tail) or DATELINE.match(tail)) or before.endswith(
        words("time", "unreal_before")
    )


@cache
def _told_before() -> re.Pattern[str]:
    """What shows that a date stands in what somebody said or in the name of another meeting."""
    said = f"(?:{either(('强调', '指出', '表示', '提出', '希望', '认为'))}|{ASKS})"
    return re.compile(
        rf"{said}[,:]|(?:传达|学习|贯彻|落实|通报|宣读|回顾|学习贯彻)(?:了)?[^,。]{{0,12}}$|在$|该(?:企业|公司|项目)[^,。]{{0,4}}$|(?<!月)对$"
    )


def _is_reported(source: SourceText, match: re.Match[str]) -> bool:
    sentence = source.sentence_at(match.start())
    if match.start() - sentence.start <= HEAD:
        return False
    before = source.text[sentence.start : match.start()]
    found = _told_before().search(before)
    if found is None:
        return False
    held = re.match(r"[^,。]{0,4}召开的", source.text[match.end() : match.end() + 8])
    return not (found.group() == "在" and held)


def _dateline(source: SourceText, base: YearBasis) -> date | None:
    """The day of the dateline (云台网5月7日讯), from which 昨日 is reckoned; None without one."""
    match = re.search(
        r"(?<!\d)(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日\s*(?:讯|电|消息)", source.text[:300]
    )
    iso = base.iso(int(match.group(1)), int(match.group(2))) if match else ""
    return date.fromisoformat(iso) if iso and "X" not in iso else None


def _relative_date(
    match: re.Match[str], dates: list[DateMention], told_on: date | None
) -> DateMention | None:
    word, at = match.group(), (match.start(), match.end())
    known = next((d for d in reversed(dates) if d.first), None)
    if word in words("time", "vague"):
        return DateMention(*at, "", "")
    back = next(
        (n for n, key in enumerate(("today", "yesterday", "day_before")) if word in words("time", key)), None
    )
    if back is not None:
        iso = (told_on - timedelta(days=back)).isoformat() if told_on else ""
        return DateMention(*at, iso, iso) if iso else None
    if known is None:
        return None
    if word in words("time", "same"):
        return DateMention(*at, known.first, known.last)
    return _next_day(known, at)


LUNAR = re.compile(
    r"正月(?:初(?P<first>[一二三四五六七八九十])|十(?P<teen>[一二三四五六七八九])|(?:二十|廿)(?P<twenty>[一二三四五六七八九]?))"
)


def _lunar_day(match: re.Match[str], base: YearBasis) -> DateMention | None:
    """The day of 正月初八, where the year is known from the date of publication or the text."""
    year = base.published.year if base.published else base.year
    begins = next((d for d in words("time", "new_year") if year and d.startswith(str(year))), None)
    if begins is None:
        return None
    number = _chinese_number(match["first"]) if match["first"] else 0
    number = number or (
        10 + _chinese_number(match["teen"]) if match["teen"] else 20 + _chinese_number(match["twenty"] or "")
    )
    iso = (date.fromisoformat(begins) + timedelta(days=number - 1)).isoformat()
    return DateMention(match.start(), match.end(), iso, iso)


def _next_day(known: DateMention, at: tuple[int, int]) -> DateMention | None:
    try:
        iso = (date.fromisoformat(known.last) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None
    return DateMention(*at, iso, iso)


def _calendar_date(
    match: re.Match[str], base: YearBasis, month: int | None, year: int | None
) -> tuple[DateMention | None, int | None, int | None]:
    g = match.groupdict()
    m, d, own = base.split_glued(g["glued"]) if g["glued"] else _numbers_of(g)
    if d == 0:
        return None, month, year
    if m is None:
        m, own = month, year
    elif own is None:
        own = year if year and not base.published else None
    last = g["d2"] or g["od2"]
    first_iso = base.iso(m, d, own)
    last_iso = base.iso(int(g["m2"]) if g["m2"] else m, int(last), own) if last else first_iso
    if not first_iso or not last_iso:
        return None, month, year
    return DateMention(match.start(), match.end(), first_iso, last_iso), m or month, own or year


def _numbers_of(g: dict[str, str | None]) -> tuple[int | None, int, int | None]:
    if g["m"]:
        return int(g["m"]), int(g["d"] or 0), int(g["y"]) if g["y"] else None
    if g["iy"]:
        return int(g["im"] or 0), int(g["id"] or 0), int(g["iy"])
    if g["cm"]:
        cy = g["cy"]
        year = int("".join(str(CN_DIGITS.get(c, 0)) for c in cy)) if cy else None
        return _chinese_number(g["cm"]), _chinese_number(g["cd"] or ""), year
    return None, int(g["od"] or g["bd"] or 0), None


def _chinese_number(number: str) -> int:
    """A Chinese number below one hundred."""
    if "十" not in number:
        return CN_DIGITS.get(number, 0)
    tens, _, ones = number.partition("十")
    return (CN_DIGITS.get(tens, 1) if tens else 1) * 10 + (CN_DIGITS.get(ones, 0) if ones else 0)


def find_parts_of_day(source: SourceText) -> list[tuple[int, int, str]]:
    """Every part of the day (上午, 下午, 晚上) outside quotations as start, end and its normal form."""
    table = mapping("time", "part") | {"晚": "晚上", "夜": "晚上", "早": "上午", "晨": "上午"}
    pattern = re.compile(rf"{either(tuple(mapping('time', 'part')))}|(?<=日)[晚夜早晨](?!报|间新闻)")
    inside = quoted_flags(source.text)
    return [
        (m.start(), m.end(), table[m.group()]) for m in pattern.finditer(source.text) if not inside[m.start()]
    ]
