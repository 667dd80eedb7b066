"""Tags of the monthly returns of firms."""

from datetime import date

from django import template
from django.utils.http import urlencode

from gongjian.audit.wording import words
from gongjian.enterprises.facts.catalogue import catalogue
from gongjian.enterprises.monthly_returns.queries import Place
from gongjian.enterprises.monthly_returns.rules import FirmMonth

register = template.Library()


@register.filter
def fact_unit(key: str) -> str:
    """The unit of a fact in the reader's language."""
    return words(catalogue()[key].unit)


@register.simple_tag
def firm_figure(firm: FirmMonth, key: str) -> float | None:
    """One figure of a firm in the month; None is unknown."""
    return firm.now.get(key)


@register.simple_tag
def firm_months_query(month: date, place: Place | None, over: str, key: str) -> str:
    """The address part that lists the firms behind a row: its month, area and sector."""
    chosen = {"month": f"{month:%Y-%m}", "area": place.key if place else ""}
    return urlencode(
        {name: value for name, value in (chosen | ({over: key} if key else {})).items() if value}
    )
