"""Reads a value as people write it: a number with its unit, yes or no, a word from a list, or a date."""

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.enterprises.facts.catalogue import DATE, FLAG, TEXT, FactKey
from gongjian.enterprises.vocabulary import WRITTEN_DAY

PLACES = Decimal("0.0001")
LIMIT = Decimal(10) ** 15
SHOWN = 30  # most characters of the written value shown in a refusal
_NUMBER = re.compile(r"^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?)(.*)$", re.IGNORECASE)
_FOLD = {o: o - 0xFEE0 for o in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}
Value = tuple[Decimal | None, str]  # number (1 / 0 for yes / no), or word; never both


@cache
def _spellings() -> dict[str, Any]:
    file = Path(__file__).resolve().parent / "written.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_spellings()[name])


def unit_factor(entry: FactKey, unit: str) -> Decimal | None:
    """How many of the catalogue's units make one `unit`; None for an unknown unit."""
    unit = unit.translate(_FOLD).strip()
    if unit in ("", entry.unit):
        return Decimal(1)
    factor = {k.lower(): v for k, v in _spellings()["unit"].get(entry.unit, {}).items()}.get(unit.lower())
    return Decimal(factor) if factor else None


def is_blank(written: Any) -> bool:
    """Whether a value means unknown, which is not zero: an empty cell, a dash or 未知."""
    return written is None or (
        isinstance(written, str) and written.translate(_FOLD).strip() in _words("blank")
    )


def read_value(entry: FactKey, written: Any, *, unit: str = "") -> Value:
    """The value of what is written in a cell or a form; raises Refused, which says what to do."""
    if entry.kind == FLAG:
        return _flag(entry, written), ""
    if entry.kind == DATE:
        return None, _date(entry, written).isoformat()
    if entry.kind == TEXT:
        return None, _word(entry, written)
    return _number(entry, written, unit), ""


def _number(entry: FactKey, written: Any, unit: str) -> Decimal:
    if isinstance(written, bool | date):
        raise _refused(_("“%(written)s”不是数字。请填数字，未知请留空。"), written)
    text = str(written).translate(_FOLD).replace(",", "").replace(" ", "").strip()
    match = _NUMBER.match(text)
    if match is None:
        raise _refused(_("“%(written)s”不是数字。请填数字，未知请留空。"), written)
    tail = match.group(2)
    factor = unit_factor(entry, tail or unit)
    if factor is None:
        raise _refused(
            _("%(key)s的计量单位是%(unit)s，不认得“%(tail)s”。请换算后再填。"),
            written,
            key=entry.key,
            unit=entry.unit or _("无"),
            tail=tail or unit,
        )
    try:
        value = (Decimal(match.group(1)) * factor).quantize(PLACES)
    except InvalidOperation as error:
        raise _refused(_("“%(written)s”太大了。请核对数字和计量单位。"), written) from error
    if abs(value) >= LIMIT:
        raise _refused(_("“%(written)s”太大了。请核对数字和计量单位。"), written)
    if value < 0 and not entry.negative:
        raise _refused(_("%(key)s不会是负数，现在是“%(written)s”。请核对。"), written, key=entry.key)
    return value


def _flag(entry: FactKey, written: Any) -> Decimal:
    if isinstance(written, float) and written in (0.0, 1.0):
        written = int(written)
    text = str(written).translate(_FOLD).strip().lower()
    if text in _words("yes") | _words("no"):
        return Decimal(1 if text in _words("yes") else 0)
    raise _refused(_("%(key)s只能填“是”或“否”，现在是“%(written)s”。"), written, key=entry.key)


def _word(entry: FactKey, written: Any) -> str:
    text = str(written).translate(_FOLD).strip()
    if entry.choices and text not in entry.choices:
        raise _refused(
            _("%(key)s只能填%(choices)s，现在是“%(written)s”。"),
            written,
            key=entry.key,
            choices=_("、").join(entry.choices),
        )
    return text[:60]


def _date(entry: FactKey, written: Any) -> date:
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    match = WRITTEN_DAY.match(str(written).translate(_FOLD).strip())
    if match:
        try:
            return date(int(match.group(1)), int(match.group(2)), int(match.group(3) or 1))
        except ValueError:
            pass
    raise _refused(_("%(key)s应填日期，如 2026-11-24，现在是“%(written)s”。"), written, key=entry.key)


def _refused(sentence: str, written: Any, **values: Any) -> Refused:
    shown = str(written)
    shown = shown if len(shown) <= SHOWN else shown[:SHOWN] + "…"
    return Refused(sentence % ({"written": shown} | values), field="value")
