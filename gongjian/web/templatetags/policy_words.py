"""Filters of the policy pages: verdicts, money and facts in words."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from gongjian.audit.wording import in_chinese, joined
from gongjian.policies import wording
from gongjian.policies.states import Grade, PayoutState, VersionState
from gongjian.policies.verdicts.wording import (
    WAN,
    case_in_words,
    fact_in_words,
    period_in_words,
    yuan_in_words,
)

register = template.Library()
SHAPES = {Grade.MEETS: "✓", Grade.NEAR: "◔", Grade.UNKNOWN: "?", Grade.FAILS: "✕"}
VERSION_TONES = {
    VersionState.OFFERED: "wait",
    VersionState.DRAFT: "hold",
    VersionState.PROPOSED: "wait",
    VersionState.SIGNED: "done",
    VersionState.REFUSED: "warn",
    VersionState.RETIRED: "hold",
}
PAYOUT_TONES = {
    PayoutState.APPLIED: "wait",
    PayoutState.APPROVED: "run",
    PayoutState.PAID: "done",
    PayoutState.RETURNED: "warn",
}


@register.filter
def grade_word(grade: str) -> str:
    """A verdict in words: 符合, 差一点, 缺数据, 不符合."""
    return str(Grade(grade).label) if grade in Grade.values else ""


@register.filter
def grade_shape(grade: str) -> str:
    """The shape that stands for the verdict without colour."""
    return SHAPES[Grade(grade)] if grade in Grade.values else ""


@register.filter
def version_tone(state: str) -> str:
    """Tone of a version's mark."""
    return VERSION_TONES[VersionState(state)] if state in VersionState.values else "hold"


@register.filter
def payout_tone(state: str) -> str:
    """Tone of a payout's mark."""
    return PAYOUT_TONES[PayoutState(state)] if state in PayoutState.values else "hold"


@register.filter
def money(value: Any) -> str:
    """Yuan as people say it: 8,000元, 10万元, 2.15亿元; in English in yuan throughout; empty for None."""
    try:
        yuan = Decimal(str(value))
    except InvalidOperation:
        return ""
    return yuan_in_words(yuan)


@register.filter
def money_of_wan(value: Any) -> str:
    """An amount kept in units of 10,000 yuan, as people say it; empty for None."""
    return money(Decimal(str(value)) * WAN) if value is not None else ""


@register.filter
def money_short(value: Any) -> str:
    """The amount that is lacking, without its sign."""
    return money(abs(Decimal(str(value))))


@register.filter
def period_word(mark: str) -> str:
    """A period such as 2026Q4 in words."""
    return period_in_words(mark)


@register.filter
def plain_number(value: Any) -> str:
    """A number without trailing zeros or an exponent."""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def fact_word(column: str) -> str:
    """A fact and its period in words."""
    return fact_in_words(column)


@register.filter
def facts_in_words(columns: Sequence[str]) -> str:
    """Several facts and their periods in words."""
    return joined(fact_in_words(column) for column in columns)


@register.filter
def policy_text(text: str) -> str:
    """A text of a rule in the reader's language, where the library has one."""
    return wording.policy_text(text or "")


@register.filter
def case_words(check: Any) -> str:
    """What a case is about, in the reader's language."""
    return case_in_words(check.name, check.case)


@register.filter
def condition(text: str) -> str:
    """A condition with its names and amounts in the reader's language."""
    return wording.condition_in_words(text or "")


@register.filter
def reason(text: str) -> str:
    """Why a firm is paid, in the reader's language."""
    return wording.reason_in_words(text)


@register.filter
def in_source(text: str) -> SafeString:
    """The mark of a text of a rule that only stands in its own language: lang="zh" beside a page that does not."""
    same = wording.policy_text(text) == text and not text.isascii()
    return mark_safe(' lang="zh"' if same and not in_chinese() else "")  # noqa: S308  no text goes in
