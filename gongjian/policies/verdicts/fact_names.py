"""Facts in words: 2026年3月用电量."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.enterprises.facts.catalogue import all_facts
from gongjian.enterprises.facts.wording import period_in_words
from gongjian.enterprises.facts_for_rules.queries import read_period_mark


def fact_word(column: str) -> str:
    """A column of facts (`key` or `key@2026-03`) in words."""
    key, _at, mark = column.partition("@")
    if not mark:
        return key_word(key)
    return _("%(period)s%(fact)s") % {"period": period_word(mark), "fact": key_word(key)}


def key_word(key: str) -> str:
    """A key of the catalogue in the language of the page."""
    entry = all_facts().get(key)
    if entry is not None and get_language() == "en":
        return entry.english.replace("_", " ")
    return key


def period_word(mark: str) -> str:
    """2026-03, 2026Q1, 2026 in words; anything else as it stands."""
    try:
        kind, first = read_period_mark(mark)
    except ValueError:
        return mark
    return period_in_words(first, kind)
