"""Amounts in words (金额)."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

WAN, YI = Decimal(10_000), Decimal(100_000_000)


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
