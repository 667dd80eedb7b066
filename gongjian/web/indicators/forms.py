"""Forms of indicators: filters of the pages."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.indicators.queries import areas_shown
from gongjian.indicators.states import Column
from gongjian.people.models import Account
from gongjian.web.forms import DateField, Form
from gongjian.web.indicators.months import month_of, months_offered

BEST = _("统计数优先")
YEARS = 5  # years a page of an indicator offers


class MonthFilter(Form):
    """The month of a page, the column and the day as of which it is told."""

    month = forms.ChoiceField(label=_("月份"), choices=[], required=False)
    column = forms.ChoiceField(label=_("口径"), choices=[("", BEST), *Column.choices], required=False)
    as_of = DateField(label=_("截至某日所知"), required=False)

    def __init__(self, *args: Any, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        field: Any = self.fields["month"]
        field.choices = months_offered(latest)

    def chosen(self) -> tuple[date, str, date | None]:
        """The month, the column and the day; what is not valid counts as not chosen."""
        data = self.cleaned_data if self.is_valid() else {}
        return month_of(data.get("month") or "") or self.latest, data.get("column") or "", data.get("as_of")


class YearFilter(Form):
    """The year and the area of the page of an indicator."""

    area = forms.ChoiceField(label=_("地区"), choices=[], required=False)
    year = forms.ChoiceField(label=_("年份"), choices=[], required=False)
    as_of = DateField(label=_("截至某日所知"), required=False)

    def __init__(self, *args: Any, account: Account, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas, self.today = areas_shown(account), today
        area: Any = self.fields["area"]
        area.choices = [("", _("全部")), *((str(one.pk), str(one)) for one in self.areas)]
        year: Any = self.fields["year"]
        year.choices = [(str(today.year - n), str(today.year - n)) for n in range(YEARS)]
