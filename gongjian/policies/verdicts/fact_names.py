"""Names of facts and periods in the language of the page: 2026年3月用电量."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.enterprises.facts import wording
from gongjian.enterprises.facts.catalogue import all_facts
from gongjian.enterprises.facts_for_rules.queries import read_period_mark


def fact_in_words(column: str) -> str:
    """A column of facts (`key` or `key@2026-03`) in words."""
    key, _at, mark = column.partition("@")
    if not mark:
        return fact_name(key)
    return _("%(period)s%(fact)s") % {"period": period_in_words(mark), "fact": fact_name(key)}


def fact_name(key: str) -> str:
    """The name of a fact in the language of the page."""
    entry = all_facts().get(key)
    if entry is not None and get_language() == "en":
        return entry.english.replace("_", " ")
    return key


def period_in_words(mark: str) -> str:
    """2026-03, 2026Q1 or 2026 in words; any other text unchanged."""
    try:
        kind, first = read_period_mark(mark)
    except ValueError:
        return mark
    return wording.period_in_words(first, kind)
