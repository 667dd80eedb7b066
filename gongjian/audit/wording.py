"""Stored words in the language of the reader: an event keeps the source word of a label, which is its key in the catalogue.

`source_word` gives the word to keep, whatever the language of whoever acts; `worded` says it again when it is shown. Events
written before that hold the same words, so that they are read alike and the chain stays as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.audit.vocabulary import DAYS_OFF, REASON_MESSAGES
from gongjian.engines.writing.days import english_day, short_day, short_span

SOURCE = "zh-hans"  # the language in which sentences stand in the code
ENGLISH = "en"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[+-]\d{2}:\d{2}|Z)?")
AMOUNT = re.compile(r"-?\d+(?:\.\d+)?")
PARTS = "·"
JOINTS = re.compile("([、，；：])")
CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")
NOTICE = re.compile(DAYS_OFF)
JOINTS_IN_ENGLISH = {"、": ", ", "，": ", ", "；": "; ", "：": ": "}
# What people typed, or what a record is called: shown as it stands.
TYPED = frozenset(
    [
        "text",
        "reason",
        "note",
        "answer",
        "title",
        "task",
        "number",
        "numbers",
        "firm",
        "unit",
        "person",
        "leader",
        "said_by",
        "proxy",
        "person_reason",
        "system",
        "external_number",
        "seed",
        "document",
        "file",
        "source",
    ]
)


def in_chinese() -> bool:
    """Whether the page is read in Chinese."""
    return (get_language() or SOURCE).startswith("zh")


@contextmanager
def paper_words(place: str) -> Iterator[None]:
    """Words of a paper, whoever reads it: Chinese where the place that issues it has a Chinese name, else English."""
    with translation.override(SOURCE if CHINESE.search(place) else ENGLISH):
        yield


def source_word(label: Any) -> str:
    """The source word of a label, to be kept in an event or a record."""
    with translation.override(SOURCE):
        return str(label)


def day_in_words(day: date) -> str:
    """A day with its year: 2026-08-31, in English 31 Aug 2026."""
    return str(date_format(day, "DATE_FORMAT"))


def moment_in_words(moment: datetime) -> str:
    """A moment in the city's time: 2026-08-31 09:30, in English 31 Aug 2026 09:30."""
    return str(
        date_format(timezone.localtime(moment) if timezone.is_aware(moment) else moment, "DATETIME_FORMAT")
    )


def day_in_text(day: date, today: date) -> str:
    """A day as a sentence names it: 11月24日, in English 24 Nov, with its year where that is not the year of `today`."""
    if not in_chinese():
        return english_day(day, today=today)
    facts = {"year": day.year, "month": day.month, "day": day.day}
    if day.year == today.year:
        return _("%(month)s月%(day)s日") % facts
    return _("%(year)s年%(month)s月%(day)s日") % facts


def short_day_in_words(day: date, *, today: date) -> str:
    """A day in short: 08-31, in English 31 Aug, with its year where that is not the year of `today`."""
    return short_day(day, today=today) if in_chinese() else english_day(day, today=today)


def short_span_in_words(first: date, last: date, *, today: date) -> tuple[str, str]:
    """Both ends of a span in short, with the year at both where either is not of the year of `today`."""
    if in_chinese():
        return short_span(first, last, today=today)
    if first.year == last.year == today.year:
        return english_day(first, today=today), english_day(last, today=today)
    return day_in_words(first), day_in_words(last)


def joined(parts: Any) -> str:
    """A list in words: 一、二 in Chinese, one, two in English."""
    return ("、" if in_chinese() else ", ").join(str(part) for part in parts)


def words(value: str) -> str:
    """A stored word, or several joined by signs, in the reader's language; what is no word of the product as it stands."""
    if in_chinese() or not value:
        return value
    known = _(value)
    if known != value:
        return known
    if PARTS in value:  # a name and a word of the product: a regime and its grade
        return ": ".join(_(part) for part in value.split(PARTS))
    pieces = JOINTS.split(value)
    said = [JOINTS_IN_ENGLISH.get(piece) or _(piece) for piece in pieces if piece]
    left = [piece for piece in said if CHINESE.search(piece)]
    return value if left or len(pieces) == 1 else "".join(said)


def unit_behind(unit: str) -> str:
    """A unit of measure as it stands behind a number: 亿元; in English a unit that is a number itself is multiplied, × 100 million yuan."""
    said = words(unit)
    return f"× {said}" if said[:1].isdigit() else said


def said_again(value: str, messages: Iterable[str], *, word: Callable[[str], str] = words) -> str | None:
    """A sentence kept in the source language, by the message it was made of, in the reader's; None for any other text."""
    if in_chinese():
        return value
    for message in messages:
        if found := _shape(message).fullmatch(value):
            return _(message) % {name: word(said) for name, said in found.groupdict().items()}
    return None


@cache
def _shape(message: str) -> re.Pattern[str]:
    """What the sentences of a message look like: %(name)s stands for anything."""
    parts = re.split(r"%\((\w+)\)s", message)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts)), re.DOTALL
    )


def document_in_words(name: str) -> str:
    """The name of a yearly notice on days off in the reader's language; any other document as it stands."""
    found = NOTICE.fullmatch(name)
    if in_chinese() or found is None:
        return words(name)
    said = _("国务院办公厅关于%(year)s年部分节假日安排的通知") % {"year": found["year"]}
    return f"{said} ([{found['of']}] {found['number']})" if found["of"] else said


def worded(value: Any, key: str = "") -> str:
    """A value of an event or of a record as the reader sees it: days, lists and stored words; — for nothing."""
    if value is None or value == "":
        return "—"
    if isinstance(value, list | tuple):
        return joined(worded(part, key) for part in value)
    if isinstance(value, str):
        return _text_in_words(value, key)
    if isinstance(value, datetime):
        return moment_in_words(value)
    return day_in_words(value) if isinstance(value, date) else str(value)


def _text_in_words(value: str, key: str) -> str:
    if DAY.fullmatch(value):
        return day_in_words(date.fromisoformat(value))
    if MOMENT.fullmatch(value):
        return moment_in_words(datetime.fromisoformat(value))
    if key == "amount" and AMOUNT.fullmatch(value):
        return f"{Decimal(value):,.2f}".removesuffix(".00")
    if key not in TYPED:
        return words(value)
    for reason in REASON_MESSAGES.values():  # what the product wrote before what somebody said
        before = reason.partition("%")[0]
        if value.startswith(before):
            return _(reason) % {"note": value.removeprefix(before)}
    return value
