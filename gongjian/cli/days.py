"""A day given to a command."""

import argparse
from datetime import date

from gongjian.cli.language import gettext as _
from gongjian.engines.writing.day_spans import SPANS, DayMeaning


def given_day(text: str) -> date:
    """The day written as 2026-11-24; a year that makes no sense is refused with a sentence."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("请把日期写成 2026-11-24 的样子。")) from error
    span = SPANS[DayMeaning.ANY]
    if not span.first <= day <= span.last(date.today()):  # noqa: DTZ011  the day of the operator's own terminal
        raise argparse.ArgumentTypeError(_("%(day)s 不像是对的。请核对年份。") % {"day": text})
    return day
