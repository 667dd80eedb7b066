"""Refuses a day that makes no sense for what it means (日期合理范围), in one sentence for pages, imports and commands."""

from datetime import date

from django.utils.translation import gettext as _

from gongjian.audit.refused import Refused
from gongjian.audit.wording import day_in_words
from gongjian.engines.writing.day_spans import SPANS, DayMeaning, makes_sense


def check_day(day: date | None, meaning: DayMeaning, *, today: date, field: str | None = None) -> None:
    """Raise Refused for a day outside the span of its meaning; None passes."""
    if day is None or makes_sense(day, meaning, today):
        return
    span = SPANS[meaning]
    if day > today and not span.years_ahead:
        raise Refused(_("%(day)s 还没有到。请核对日期。") % {"day": day_in_words(day)}, field=field)
    raise Refused(
        _("%(day)s 不像是对的：应在 %(first)s 至 %(last)s 之间。请核对年份。")
        % {
            "day": day_in_words(day),
            "first": day_in_words(span.first),
            "last": day_in_words(span.last(today)),
        },
        field=field,
    )
