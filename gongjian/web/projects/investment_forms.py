"""The form of one month's investment: plan, reported and official side by side."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.engines.forecast.months import MONTHS
from gongjian.projects.investment.services import Told
from gongjian.projects.models import Project
from gongjian.projects.states import Series
from gongjian.web.forms import Form
from gongjian.web.indicators.months import month_in_words

# An amount of one month; blank leaves what stands there.
amount = partial(forms.DecimalField, max_digits=14, decimal_places=2, required=False)


class InvestmentForm(Form):
    """One month of a project; what is left blank stays as it is."""

    month = forms.ChoiceField(label=_("月份"))
    plan = amount(label=_("月计划（万元）"))
    reported = amount(label=_("调度数（万元）"))
    official = amount(label=_("统计数（万元）"))
    reason = forms.CharField(label=_("更正理由（改已登记的数才填）"), max_length=200, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = (today.year, today.year - 1)
        months = [date(year, month, 1) for year in years for month in range(1, MONTHS + 1)]
        field: Any = self.fields["month"]
        field.choices = [(f"{month:%Y-%m}", month_in_words(month)) for month in months]
        field.initial = f"{today:%Y-%m}"

    def clean(self) -> dict[str, Any]:
        """At least one amount."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and all(data.get(series.lower()) is None for series in Series):
            self.add_error("reported", _("请至少填一个数。"))
        return data

    def told(self, project: Project) -> list[Told]:
        """What the service takes."""
        month = date.fromisoformat(f"{self.cleaned_data['month']}-01")
        amounts: dict[Series, Decimal | None] = {
            series: self.cleaned_data[series.lower()] for series in Series
        }
        return [Told(project, month, series, value) for series, value in amounts.items() if value is not None]
