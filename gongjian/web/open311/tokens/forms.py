"""Forms of outside systems."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.people.models import ApiSystem, Area
from gongjian.people.states import SystemKind
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Form
from gongjian.web.people.forms import as_tree

YEAR = timedelta(days=365)


class RightsForm(EditForm):
    """What a system may do."""

    pushes = forms.BooleanField(label=_("可推送问题"), required=False, help_text=_("不勾选只能读取。"))
    keeper = forms.CharField(label=_("对方联系人"), max_length=60, required=False)
    per_minute = forms.IntegerField(
        label=_("每分钟次数上限"),
        min_value=1,
        max_value=6000,
        initial=120,
        help_text=_("超过时让对方下一分钟再调。"),
    )


class RenewForm(Form):
    """Until when the new token works."""

    valid_until = DateField(
        meaning=DayMeaning.VALID, label=_("有效期至"), help_text=_("最长两年，到期前换发。")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"valid_until": today + YEAR}, **kwargs)


class SystemForm(RightsForm):
    """A new system."""

    name = forms.CharField(label=_("系统名称"), max_length=40)
    kind = forms.ChoiceField(label=_("系统类型"), choices=SystemKind.choices)
    area = forms.ModelChoiceField(
        label=_("地区"), queryset=Area.objects.none(), help_text=_("只能看到和推送这个地区及其下级的问题。")
    )
    valid_until = DateField(
        meaning=DayMeaning.VALID, label=_("有效期至"), help_text=_("最长两年，到期前换发。")
    )
    field_order = ("name", "kind", "area", "pushes", "valid_until", "keeper", "per_minute")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"valid_until": today + YEAR, "per_minute": 120}, **kwargs)
        as_tree(self.fields["area"], Area.objects.order_by("path"))


def rights_of(system: ApiSystem) -> dict[str, Any]:
    """What the form starts with."""
    return {"pushes": system.pushes, "keeper": system.keeper, "per_minute": system.per_minute}
