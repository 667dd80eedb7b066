"""Amounts, numbers and facts in words (措辞): 12.5万元, 2026年3月用电量."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.audit.wording import CHINESE, in_chinese, joined, words
from gongjian.engines.policy import Case
from gongjian.enterprises.facts import wording
from gongjian.enterprises.facts.catalogue import all_facts
from gongjian.enterprises.facts_for_rules.queries import read_period_mark
from gongjian.policies.states import Grade
from gongjian.policies.wording import policy_text

FACTS_OF_CASE = 4  # of a case without a name in the language of the page
WAN = Decimal(10_000)


YI = Decimal(100_000_000)


def yuan_in_words(yuan: Decimal) -> str:
    """An amount of yuan as people say it: 10万元, 2.15亿元, 8,000元; in English always in yuan."""
    if get_language() != "en" and abs(yuan) >= YI:
        return _("%(amount)s亿元") % {"amount": number_in_words(yuan / YI, places=4)}
    if get_language() != "en" and abs(yuan) >= WAN:
        return _("%(amount)s万元") % {"amount": number_in_words(yuan / WAN, places=4)}
    return _("%(amount)s元") % {"amount": number_in_words(yuan, places=2)}


def number_in_words(value: Decimal, *, places: int = 4) -> str:
    """A number with separators for thousands and without trailing zeros."""
    text = f"{Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fact_in_words(column: str) -> str:
    """A column of facts (`key` or `key@2026-03`) in words."""
    key, _at, mark = column.partition("@")
    if not mark:
        return fact_name(key)
    between = "" if in_chinese() else " "
    return f"{period_in_words(mark)}{between}{fact_name(key)}"


def fact_name(key: str) -> str:
    """The name of a fact in the language of the page."""
    return words(key)


def period_in_words(mark: str) -> str:
    """2026-03, 2026Q1 or 2026 in words; any other text unchanged."""
    try:
        kind, first = read_period_mark(mark)
    except ValueError:
        return mark
    return wording.period_in_words(first, kind)


def case_in_words(name: str, case: Case | None) -> str:
    """What a case is about: its name, or, where that stands in another language alone, what it expects and the facts it gives.

    Figures come first; fields of the register, which many cases share, come behind them.
    """
    told = policy_text(name)
    if case is None or in_chinese() or told != name or not CHINESE.search(name):
        return told
    given = sorted((fact for fact in case.facts if fact[1] is not None), key=_of_register)
    more = [_("等%(n)s项") % {"n": len(given)}] if len(given) > FACTS_OF_CASE else []
    said = joined([*(_fact_of_case(*fact) for fact in given[:FACTS_OF_CASE]), *more])
    expected = str(Grade(case.expect.verdict.name).label) if case.expect.verdict else ""
    return ": ".join(part for part in (expected, said) if part) or name


def _of_register(fact: tuple[str, Any]) -> bool:
    entry = all_facts().get(fact[0].partition("@")[0])
    return entry is None or not entry.recorded


def _fact_of_case(column: str, value: Any) -> str:
    entry = all_facts().get(column.partition("@")[0])
    if isinstance(value, bool):
        said = _("是") if value else _("否")
    elif isinstance(value, Decimal):
        said = wording.amount_in_words(value, entry.unit if entry else "")
    else:
        said = joined(words(str(one)) for one in (value if isinstance(value, tuple) else (value,)))
    return f"{fact_in_words(column)} {said}"
