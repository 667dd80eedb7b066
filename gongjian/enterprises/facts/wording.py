"""Values and periods in words: 1200.5万元, 是, 2026年3季度. No database."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.enterprises.facts.catalogue import FLAG, all_facts
from gongjian.enterprises.states import PeriodKind

QUARTER = 3  # months


def number_in_words(value: Decimal) -> str:
    """The number in plain figures without trailing zeros: 1200.5, never 1E+2."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_in_words(key: str, value: Decimal | None, text: str = "") -> str:
    """The value with its unit, 是 or 否, or the text."""
    if value is None:
        return text
    entry = all_facts().get(key)
    if entry is not None and entry.kind == FLAG:
        return _("是") if value else _("否")
    return number_in_words(Decimal(value)) + (entry.unit if entry else "")


def first_day(period: date, period_kind: str) -> date:
    """The first day (期首日) of the period in which a day lies."""
    if period_kind == PeriodKind.DAY:
        return period
    month = {PeriodKind.QUARTER: (period.month - 1) // QUARTER * QUARTER + 1, PeriodKind.YEAR: 1}
    return period.replace(day=1, month=month.get(PeriodKind(period_kind), period.month))


def period_in_words(period: date, period_kind: str) -> str:
    """The period in words: 2026年, 2026年3季度, 2026年3月 or 2026-03-31."""
    if period_kind == PeriodKind.YEAR:
        return _("%(year)s年") % {"year": period.year}
    if period_kind == PeriodKind.QUARTER:
        quarter = (period.month - 1) // QUARTER + 1
        return _("%(year)s年%(quarter)s季度") % {"year": period.year, "quarter": quarter}
    if period_kind == PeriodKind.MONTH:
        return _("%(year)s年%(month)s月") % {"year": period.year, "month": period.month}
    return period.isoformat()


def period_mark(period: date, period_kind: str) -> str:
    """The period as rules and workbooks write it: 2026-03, 2026Q1, 2026 or 2026-03-31."""
    if period_kind == PeriodKind.YEAR:
        return f"{period.year}"
    if period_kind == PeriodKind.QUARTER:
        return f"{period.year}Q{(period.month - 1) // QUARTER + 1}"
    return f"{period:%Y-%m}" if period_kind == PeriodKind.MONTH else period.isoformat()
