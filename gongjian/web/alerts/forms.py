"""Forms of alerts: the filter, handing one over, a line of a table of lights."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.alerts.states import AlertLight, Comparison, Measure
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import areas_shown
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.people.queries import find_persons, find_units, whole_city
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Form, Pick, TextArea
from gongjian.web.people.person_of_unit import limit_person_to_unit, person_reason


class AlertFilter(Form):
    """Which alerts the list shows."""

    area = forms.ChoiceField(label=_("地区"), choices=[], required=False)
    light = forms.ChoiceField(label=_("亮灯"), choices=[("", _("全部")), *AlertLight.choices], required=False)
    measure = forms.ChoiceField(
        label=_("看什么"), choices=[("", _("全部")), *Measure.choices], required=False
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas_shown(account)
        field: Any = self.fields["area"]
        field.choices = [("", _("全部")), *((str(one.pk), str(one)) for one in self.areas)]

    def chosen(self) -> tuple[list[Area], str, str]:
        """The areas, the light and the measure; what is not valid counts as not chosen."""
        data = self.cleaned_data if self.is_valid() else {}
        wanted = data.get("area") or ""
        areas = [one for one in self.areas if not wanted or str(one.pk) == wanted]
        return areas, data.get("light") or "", data.get("measure") or ""


class HandOverForm(Form):
    """The task of an alert: for whom, and by when."""

    task = TextArea(label=_("任务"), rows=3)
    lead_unit = Pick(label=_("牵头单位"), source="unit-find", queryset=Unit.objects.none(), find=find_units)
    responsible_person = Pick(
        label=_("责任人"), source="person-find", queryset=Person.objects.all(), find=find_persons
    )
    person_reason = person_reason()
    working_days = forms.IntegerField(label=_("几个工作日内办结"), min_value=1, max_value=250, required=False)
    due = DateField(meaning=DayMeaning.DUE, label=_("或办理时限"), required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lead_unit"]
        field.queryset = Unit.objects.filter(whole_city(account.reads_area), disabled_on__isnull=True)
        limit_person_to_unit(self)


class PlainDecimal(forms.DecimalField):
    """A number as people write it: 10, not 10.0000."""

    def prepare_value(self, value: Any) -> Any:
        """Without needless noughts; what was typed stays as it is."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class RuleForm(EditForm):
    """A line of a table of lights."""

    scheme = forms.CharField(label=_("规则名称"), max_length=40)
    measure = forms.ChoiceField(label=_("看什么"), choices=Measure.choices)
    indicator = forms.ModelChoiceField(
        label=_("只用于指标"),
        queryset=Indicator.objects.filter(disabled_on__isnull=True),
        required=False,
        help_text=_("留空就用于所有指标；同一规则里写了指标的几行，只按这几行看它。"),
    )
    comparison = forms.ChoiceField(label=_("比较"), choices=Comparison.choices)
    threshold = PlainDecimal(label=_("界限"), max_digits=12, decimal_places=4)
    light = forms.ChoiceField(label=_("亮灯"), choices=AlertLight.choices)
    follow_up = forms.CharField(label=_("怎么办"), max_length=100)
    document = forms.CharField(label=_("依据"), max_length=200)
    order = forms.IntegerField(label=_("排序"), min_value=0, max_value=9999, initial=0)
    in_force = forms.BooleanField(label=_("启用"), required=False, initial=True)
