"""Invented content for the component page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.assignments.states import Light
from gongjian.people.models import Unit
from gongjian.people.queries import find_units
from gongjian.web.colours import colours
from gongjian.web.forms import DateField, Form, Pick, PickMany, TextArea


class SampleFilter(Form):
    """A filter like those of a ledger."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    light = forms.ChoiceField(
        label=gettext_lazy("灯"), required=False, choices=[("", gettext_lazy("全部")), *Light.choices]
    )
    since = DateField(label=gettext_lazy("起始日期"), required=False)


class SampleForm(Form):
    """One field of each kind."""

    text = TextArea(label=gettext_lazy("问题描述"), help_text=gettext_lazy("企业原话，一两句即可。"))
    due = DateField(label=gettext_lazy("办结期限"))
    kind = forms.ChoiceField(
        label=gettext_lazy("类型"),
        widget=forms.RadioSelect,
        choices=[("1", gettext_lazy("问题")), ("2", gettext_lazy("诉求")), ("3", gettext_lazy("建议"))],
    )
    category = forms.ChoiceField(
        label=gettext_lazy("类别"), choices=[("", gettext_lazy("请选择")), ("FINANCE", gettext_lazy("融资"))]
    )
    lead = Pick(label=gettext_lazy("牵头单位"), source="component-units")
    support = PickMany(label=gettext_lazy("协办单位"), source="component-units", required=False)
    on_the_spot = forms.BooleanField(label=gettext_lazy("现场交办"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "support"):
            field = self.fields[name]
            assert isinstance(field, Pick)  # noqa: S101  declared above
            field.queryset, field.find = Unit.objects.all(), find_units


@dataclass(frozen=True)
class SampleEvent:
    """An event as the timeline shows it."""

    at: datetime
    who: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class SampleRow:
    """A row of the sample ledger."""

    code: str
    firm: str
    text: str
    unit: str
    state: str
    light: str
    left: int | None
    why: str


def rows() -> list[SampleRow]:
    """One sample row for each light."""
    firm, unit, text = (
        _("安川恒岳机械"),
        _("市金融局"),
        _("订单增加，流动资金贷款到期后续贷还差手续，请帮助协调。"),
    )
    lives = (
        ("IN_PROGRESS", Light.GREEN, 5, _("距期限还有5个工作日。")),
        ("ASSIGNED", Light.YELLOW, 1, _("明天到期，今天还没有签收。")),
        ("IN_PROGRESS", Light.RED, -2, _("已过期限2个工作日。")),
        ("OBJECTED", Light.DARK_RED, -12, _("已过期限12个工作日，超过10个工作日转为深红灯。")),
        ("ON_HOLD", Light.GREY, None, _("已挂账，时限暂停。")),
        ("CLOSED", Light.DONE, None, _("企业满意，已销号。")),
    )
    return [
        SampleRow(f"2026-{n:04}", firm, text, unit, state, light, left, why)
        for n, (state, light, left, why) in enumerate(lives, 1)
    ]


def events(at: datetime) -> list[SampleEvent]:
    """A short history of sample events."""
    return [
        SampleEvent(at, _("周敏"), _("现场交办市金融局，责任人陆川平，期限10个工作日。")),
        SampleEvent(at, _("陆川平"), _("签收。")),
        SampleEvent(at, _("陆川平"), _("反馈进展：已约银行与企业见面。")),
    ]


def chart() -> dict[str, object]:
    """Options of the sample chart."""
    return {
        "grid": {"left": 40, "right": 10, "top": 20, "bottom": 28},
        "xAxis": {"type": "category", "data": [_("临河区"), _("北岭区"), _("安川县")]},
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "data": [12, 7, 9], "barWidth": 28, "itemStyle": {"color": colours()["blue"]}}
        ],
    }
