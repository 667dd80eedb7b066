"""Filters of the monthly returns of firms."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.enterprises.monthly_returns.queries import Place, place_named, sector_names
from gongjian.enterprises.monthly_returns.rules import FirmMonth, sector_table
from gongjian.indicators.queries import areas_shown
from gongjian.people.models import Account
from gongjian.web.forms import Form
from gongjian.web.indicators.months import month_of, months_offered


class FirmMonthFilter(Form):
    """The month and the area looked at."""

    month = forms.ChoiceField(label=_("月份"), choices=[], required=False)
    area = forms.ChoiceField(label=_("地区"), choices=[], required=False)

    def __init__(self, *args: Any, account: Account, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        self.places = {place.key: place for place in map(Place, areas_shown(account))}
        asked = self.data.get("area", "")
        if asked not in self.places and (place := place_named(account, asked)):
            self.places[asked] = place  # below those offered, or one alone: the rows of the page lead there
        month: Any = self.fields["month"]
        month.choices = months_offered(latest)
        area: Any = self.fields["area"]
        area.choices = [("", _("全部")), *((key, str(place)) for key, place in self.places.items())]

    def chosen(self) -> tuple[date, Place | None]:
        """The month and the place; what is not valid counts as not chosen."""
        data = self.cleaned_data if self.is_valid() else {}
        return month_of(data.get("month") or "") or self.latest, self.places.get(data.get("area") or "")


class FirmLineFilter(FirmMonthFilter):
    """Which firms of a month: of a sector, of an area, reported or not."""

    sector = forms.ChoiceField(label=_("行业"), choices=[], required=False)
    state = forms.ChoiceField(
        label=_("月报状态"),
        choices=[("", _("全部")), ("reported", _("已报")), ("missing", _("未报"))],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sector: Any = self.fields["sector"]
        sector.choices = [("", _("全部")), *sector_names(sector_table()).items()]

    def wants(self, firm: FirmMonth) -> bool:
        """Whether a firm is among those chosen."""
        data = self.cleaned_data if self.is_valid() else {}
        of_sector = data.get("sector") in ("", None, firm.sector)
        return of_sector and data.get("state") in ("", None, "reported" if firm.reported else "missing")
