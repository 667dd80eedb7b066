"""Forms of a change of boundaries."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.people.models import Account, Area
from gongjian.people.queries import area_above, children, subtree
from gongjian.web.campaigns.forms import AreaForm
from gongjian.web.forms import DateField, Form
from gongjian.web.record_keys import TickedRecords


class WhichForm(AreaForm):
    """Which area is kept, or divided."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        own = account.writes_area or account.reads_area
        rows = subtree(own).filter(ended_on=None, depth__gt=own.depth) if own else Area.objects.none()
        super().__init__(*args, areas=rows.order_by("depth", "path"), **kwargs)


class _ChangeForm(Form):
    """What every change of boundaries names: its day and its document."""

    on = DateField(label=_("调整日期"), meaning=DayMeaning.ANY)
    document = forms.CharField(label=_("批准文号"), max_length=80, required=False)


class MergeForm(_ChangeForm):
    """Which areas go into the one that is kept."""

    others = TickedRecords(
        label=_("并入的地区"), queryset=Area.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("others", "on", "document")

    def __init__(self, *args: Any, kept: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = area_above(kept)
        field: Any = self.fields["others"]
        field.queryset = (children(above) if above else Area.objects.none()).exclude(pk=kept.pk)


class DivideForm(_ChangeForm):
    """What the new area is called, which share it takes, which areas below go with it."""

    name = forms.CharField(label=_("新地区名称"), max_length=60)
    stat_code = forms.CharField(label=_("统计用区划代码"), max_length=12, required=False)
    share = forms.DecimalField(
        label=_("划出的比例（%）"),
        min_value=Decimal("0.1"),
        max_value=Decimal("99.9"),
        max_digits=3,
        decimal_places=1,
        help_text=_("按人口或上年数据确定。已经分到下级的目标随下级走，其余的和以前的数据按这个比例分。"),
    )
    moved = TickedRecords(
        label=_("划入新地区的下级"),
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("name", "stat_code", "share", "moved", "on", "document")

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["moved"]
        field.queryset = children(area)
        if not field.queryset.exists():
            del self.fields["moved"]

    def split(self) -> tuple[list[Area], dict[str, Any]]:
        """The areas that go with the new one, and what is said of it."""
        said = dict(self.cleaned_data)
        return list(said.pop("moved", [])), said


class TakeBackForm(Form):
    """Why a change of boundaries is taken back."""

    reason = forms.CharField(label=_("撤回理由"), max_length=200)
