"""Values and periods in words: 1200.5万元, 是, 2026年3季度. No database."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongjian.audit.wording import day_in_words, in_chinese, words
from gongjian.enterprises.facts.catalogue import FLAG, all_facts
from gongjian.enterprises.facts.rules import Jump, JumpQuestion
from gongjian.enterprises.facts.vocabulary import FOLD_OF
from gongjian.enterprises.states import PeriodKind

QUARTER = 3  # months


def number_in_words(value: Decimal) -> str:
    """The number in plain figures without trailing zeros: 1200.5, never 1E+2."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_in_words(key: str, value: Decimal | None, text: str = "") -> str:
    """The value with its unit, 是 or 否, or the text."""
    if value is None:
        return words(text)
    entry = all_facts().get(key)
    if entry is not None and entry.kind == FLAG:
        return _("是") if value else _("否")
    return amount_in_words(Decimal(value), entry.unit if entry else "")


def scaled(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A value and its unit for the reader: English knows no 万, so that 1.2 万元 becomes 12,000 yuan."""
    if in_chinese() or unit[:1] not in FOLD_OF:
        return value, words(unit)
    return value * FOLD_OF[unit[0]], words(unit[1:])


def amount_in_words(value: Decimal, unit: str) -> str:
    """A value with its unit: 1200.5万元, in English 12,005,000 yuan."""
    if in_chinese():
        return number_in_words(value) + unit
    amount, name = scaled(value, unit)
    text = number_in_words(amount)
    whole, dot, rest = text.partition(".")
    grouped = f"{Decimal(whole):,f}" if whole.lstrip("-").isdigit() else whole
    return f"{grouped}{dot}{rest}{'' if name in ('', '%') else ' '}{name}"


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
        if not in_chinese():
            return str(date_format(period, "YEAR_MONTH_FORMAT"))
        return _("%(year)s年%(month)s月") % {"year": period.year, "month": period.month}
    return day_in_words(period)


def period_mark(period: date, period_kind: str) -> str:
    """The period as rules and workbooks write it: 2026-03, 2026Q1, 2026 or 2026-03-31."""
    if period_kind == PeriodKind.YEAR:
        return f"{period.year}"
    if period_kind == PeriodKind.QUARTER:
        return f"{period.year}Q{(period.month - 1) // QUARTER + 1}"
    return f"{period:%Y-%m}" if period_kind == PeriodKind.MONTH else period.isoformat()


def jump_in_words(question: JumpQuestion, *, key: str, period: date, period_kind: str) -> str:
    """Why a value is a question: the value before and its period, the new one, and what is odd about it."""
    entry = all_facts()[key]
    if question.known is None:
        return _range_in_words(question, key=key, period=period_in_words(period, period_kind))
    text = _("%(then)s是 %(before)s，%(period)s写的是 %(value)s：%(why)s") % {
        "then": period_in_words(question.known.period, period_kind),
        "before": value_in_words(key, question.known.value),
        "period": period_in_words(period, period_kind),
        "value": value_in_words(key, question.value),
        "why": _odd(question, entry.unit),
    }
    return str(text)


def _range_in_words(question: JumpQuestion, *, key: str, period: str) -> str:
    span = question.span
    assert span is not None  # noqa: S101  a question without a known value has one
    text = _(
        "%(period)s写的是 %(value)s：没有以前的数可比，这一项通常在 %(least)s 到 %(most)s 之间。请核对数和单位。"
    )
    return str(text) % {
        "period": period,
        "value": value_in_words(key, question.value),
        "least": number_in_words(span.least),
        "most": value_in_words(key, span.most),
    }


def _odd(question: JumpQuestion, unit: str) -> str:
    whys = {
        Jump.MORE: _("是原来的 %(times)s 倍，请核对。"),
        Jump.LESS: _("不到原来的 %(times)s 分之一，请核对。"),
        Jump.UNIT_MORE: _("大了约一万倍，请核对计量单位，这里按%(unit)s记。"),
        Jump.UNIT_LESS: _("小了约一万倍，请核对计量单位，这里按%(unit)s记。"),
        Jump.SIGN: _("正负号变了，请核对。"),
        Jump.FROM_ZERO: _("原来是零，一下子多了这么多，请核对。"),
        Jump.TO_ZERO: _("一下子变成零，请核对；没有数请留空，零是确实没有。"),
    }
    return whys[question.jump] % {"times": question.times, "unit": unit or _("个")}
