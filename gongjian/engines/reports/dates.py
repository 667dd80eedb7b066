"""Dates of a report: finds them, gives them a year, and lets 同日, 下午 and 30日 inherit."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from gongjian.engines.reports.clean_text import Source
from gongjian.engines.reports.vocabulary import either, mapping, words

DASH = r"(?:至|到|—|-|~|―)"
CN = {c: n for n, c in enumerate("零一二三四五六七八九十")}
DAY = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d)年)?(?<!\d)(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日?(?![\d.%个])"
    rf"(?:(?:{DASH}|、)(?:(?P<m2>1[0-2]|0?[1-9])月)?(?P<d2>3[01]|[12]\d|0?[1-9])日)?"
    rf"|(?<![\d.月])(?P<od>3[01]|[12]\d|0?[1-9])日?(?:{DASH}|、)(?P<od2>3[01]|[12]\d|0?[1-9])日"
    r"|(?<![\d.月])(?P<bd>3[01]|[12]\d|0?[1-9])日"
    r"|(?<!\d)(?P<gm>[1-9])(?P<gd>3[01]|[12]\d|0[1-9])日"
    r"|(?:(?P<cy>[二〇零一三四五六七八九]{4})年)?(?P<cm>十[一二]?|[一二三四五六七八九])月(?P<cd>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:-|/|\.|年)(0?[1-9]|1[0-2])(?:-|/|\.|月)(0?[1-9]|[12]\d|3[01])(?!\d)"
)
YEAR = re.compile(r"(?<!\d)(20\d\d)年")
DATELINE = re.compile(r"日\s*(?:讯|电)(?![力话站网价气缆])")
AFTER_DAY = re.compile(r"日(?:前(?!往|来|去|后|期)|之前|以前|起|以来|至今|止|截止|后)")


@dataclass(frozen=True)
class Day:
    """A date in the text; a vague one has empty ISO values."""

    start: int
    end: int
    first: str
    last: str


@dataclass(frozen=True)
class Anchor:
    """What years are reckoned from: a publish date, else a year named in the text, else nothing."""

    published: date | None
    year: int | None
    basis: str

    def iso(self, month: int | None, day: int, year: int | None = None) -> str:
        """ISO date with the year filled in as far as it is known; empty when there is no such day."""
        if month is None:
            return self._with_month(day)
        year = year or self._year(month, day)
        if year is None:
            return f"XXXX-{month:02d}-{day:02d}" if _real(2024, month, day) else ""
        return f"{year:04d}-{month:02d}-{day:02d}" if _real(year, month, day) else ""

    def _year(self, month: int, day: int) -> int | None:
        if self.published is None:
            return self.year
        # the nearest past year, with a day of grace for a paper dated the day before it came out
        late = (month, day) > (
            (self.published + timedelta(days=1)).month,
            (self.published + timedelta(days=1)).day,
        )
        return self.published.year - 1 if late and self.published.month < month else self.published.year

    def _with_month(self, day: int) -> str:
        if self.published is None:
            return f"XXXX-XX-{day:02d}"
        month, year = self.published.month, self.published.year
        if day > self.published.day:
            month, year = (month - 1, year) if month > 1 else (12, year - 1)
        return f"{year:04d}-{month:02d}-{day:02d}" if _real(year, month, day) else ""


def _real(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def anchor(source: Source, published: date | None, *, from_hint: bool) -> Anchor:
    """Decide what the years are reckoned from."""
    if published is not None:
        return Anchor(published, published.year, "hint" if from_hint else "published")
    years: dict[int, int] = {}
    for found in YEAR.finditer(source.text):
        if source.text[max(found.start() - 1, 0) : found.start()] not in tuple("到至-—"):
            weight = (
                3 if re.match(r"\d{1,2}月\d{1,2}日|度", source.text[found.end() : found.end() + 6]) else 1
            )
            years[int(found.group(1))] = years.get(int(found.group(1)), 0) + weight
    if not years:
        return Anchor(None, None, "")
    return Anchor(None, max(years, key=lambda y: (years[y], y)), "text")


def days(source: Source, base: Anchor) -> list[Day]:
    """Every date that may date an event, in order; deadlines, datelines and quoted dates are left out."""
    tokens = _tokens(source)
    found: list[Day] = []
    month: int | None = None
    year: int | None = None
    for match in tokens:
        if match.re is not DAY:
            day = _relative(match, found, base)
        else:
            day, month, year = _calendar(match, base, month, year)
        if day is not None and not _unreal(source, match):
            found.append(day)
    return found


def _tokens(source: Source) -> list[re.Match[str]]:
    relative = re.compile(
        either(
            words("time", "same")
            + words("time", "next")
            + words("time", "vague")
            + words("time", "today")
            + words("time", "yesterday")
        )
    )
    inside = quoted(source.text)
    body = [s for s in source.sentences if s.kind == "body"]
    found: list[re.Match[str]] = []
    for sentence in body:
        for pattern in (DAY, relative):
            found += [
                m
                for m in pattern.finditer(source.text, sentence.start, sentence.end)
                if not inside[m.start()]
            ]
    return sorted(found, key=lambda m: m.start())


def quoted(text: str) -> bytearray:
    """One flag a character: inside quotation marks of the same paragraph."""
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


def _unreal(source: Source, match: re.Match[str]) -> bool:
    """A deadline, a dateline or another year is not the day of an event."""
    tail = source.text[match.end() - 1 : match.end() + 3]
    before = source.text[max(match.start() - 3, 0) : match.start()]
    return bool(AFTER_DAY.match(tail) or DATELINE.match(tail)) or before.endswith(
        words("time", "unreal_before")
    )


def _relative(match: re.Match[str], found: list[Day], base: Anchor) -> Day | None:
    word, at = match.group(), (match.start(), match.end())
    known = next((d for d in reversed(found) if d.first), None)
    if word in words("time", "vague"):
        return Day(*at, "", "")
    if word in words("time", "today") + words("time", "yesterday"):
        if base.published is None:
            return None
        back = 1 if word in words("time", "yesterday") else 0
        iso = (base.published - timedelta(days=back)).isoformat()
        return Day(*at, iso, iso)
    if known is None:
        return None
    if word in words("time", "same"):
        return Day(*at, known.first, known.last)
    return _shifted(known, at)


def _shifted(known: Day, at: tuple[int, int]) -> Day | None:
    try:
        iso = (date.fromisoformat(known.last) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None
    return Day(*at, iso, iso)


def _calendar(
    match: re.Match[str], base: Anchor, month: int | None, year: int | None
) -> tuple[Day | None, int | None, int | None]:
    g = match.groupdict()
    m, d, own = _parts(g)
    if m is None:
        m, own = month, year
    elif own is None:
        own = year if year and not base.published else None
    last = g["d2"] or g["od2"]
    first_iso = base.iso(m, d, own)
    last_iso = base.iso(int(g["m2"]) if g["m2"] else m, int(last), own) if last else first_iso
    if not first_iso or not last_iso:
        return None, month, year
    return Day(match.start(), match.end(), first_iso, last_iso), m or month, own or year


def _parts(g: dict[str, str | None]) -> tuple[int | None, int, int | None]:
    if g["m"]:
        return int(g["m"]), int(g["d"] or 0), int(g["y"]) if g["y"] else None
    if g["cm"]:
        cy = g["cy"]
        year = int("".join(str(CN.get(c, 0)) for c in cy)) if cy else None
        return _chinese(g["cm"]), _chinese(g["cd"] or ""), year
    if g["gm"]:
        return int(g["gm"]), int(g["gd"] or 0), None
    return None, int(g["od"] or g["bd"] or 0), None


def _chinese(number: str) -> int:
    """A Chinese number below one hundred."""
    if "十" not in number:
        return CN.get(number, 0)
    tens, _, ones = number.partition("十")
    return (CN.get(tens, 1) if tens else 1) * 10 + (CN.get(ones, 0) if ones else 0)


def parts_of_day(source: Source) -> list[tuple[int, int, str]]:
    """Where 上午, 下午 and 晚上 stand, in normal form."""
    pattern = re.compile(either(tuple(mapping("time", "part"))))
    table = mapping("time", "part")
    inside = quoted(source.text)
    return [
        (m.start(), m.end(), table[m.group()]) for m in pattern.finditer(source.text) if not inside[m.start()]
    ]
