"""Months as choices of a form and in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongjian.audit.wording import in_chinese
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.confidence.rules import quarter_of
from gongjian.indicators.rules import FEBRUARY

OFFERED = 36  # months a form offers


def month_in_words(month: date, *, joined: bool = False) -> str:
    """2026年10月, in English Oct 2026; of a joined indicator 2026年1-2月."""
    if joined and month.month == FEBRUARY:
        return _("%(year)s年1-2月") % {"year": month.year}
    if not in_chinese():
        return str(date_format(month, "M Y"))
    return _("%(year)s年%(month)s月") % {"year": month.year, "month": month.month}


def months_offered(last: date, count: int = OFFERED) -> list[tuple[str, str]]:
    """The months up to one, newest first, as choices."""
    months = [add_months(last, -n) for n in range(count)]
    return [(f"{month:%Y-%m}", month_in_words(month)) for month in months]


def month_of(text: str) -> date | None:
    """The month a choice stands for; None for anything else."""
    year, dash, month = text.partition("-")
    if not (dash and year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):  # noqa: PLR2004  months of a year
        return None
    return date(int(year), int(month), 1) if 1 <= int(year) <= 9999 else None  # noqa: PLR2004  years there are


def quarter_in_words(day: date) -> str:
    """2026年第四季度, in English Q4 2026."""
    return _("%(year)s年第%(n)s季度") % {"year": day.year, "n": quarter_of(day)}
