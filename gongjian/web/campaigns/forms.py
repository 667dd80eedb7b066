"""Forms of the campaign."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.campaigns.models import Battle, Target
from gongjian.campaigns.passing_on.queries import Below, Holder
from gongjian.campaigns.passing_on.rules import Way
from gongjian.campaigns.states import Horizon
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import areas_shown
from gongjian.indicators.reading.cells import BadValue, Fault, Place, Said, read_value
from gongjian.indicators.states import Column
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import find_units, subtree, whole_city
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Form, Pick, TextArea
from gongjian.web.indicators.sentences import why_not_taken
from gongjian.web.problems.forms import HandOverForm
from gongjian.web.record_keys import TickedRecords

DECIMAL = {"inputmode": "decimal"}


def amount(text: str, *, unit: str) -> Decimal:
    """A typed amount in the unit of an indicator; raises ValidationError with what is wrong."""
    try:
        return read_value(text, unit=unit)
    except BadValue as bad:
        raise forms.ValidationError(why_not_taken(Fault(Place("", 1, 1), bad.why, bad.shown))) from bad


class AreaForm(Form):
    """One area of those it offers."""

    area = forms.ChoiceField(label=_("地区"), choices=[], required=False)

    def __init__(self, *args: Any, areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = list(areas)
        field: Any = self.fields["area"]
        field.choices = [(str(one.pk), str(one)) for one in self.areas]

    def chosen(self) -> Area | None:
        """The chosen area, the first one without a choice; None where there is none."""
        wanted = self.cleaned_data.get("area") if self.is_valid() else ""
        found = [one for one in self.areas if str(one.pk) == wanted]
        return next(iter(found or self.areas), None)


class BoardFilter(AreaForm):
    """Whose targets the board shows: the widest area without a choice."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, areas=areas_shown(account), **kwargs)


class MapFilter(Form):
    """Which target the map shows."""

    indicator = forms.ChoiceField(label=_("指标"), choices=[], required=False)
    horizon = forms.ChoiceField(label=_("目标时段"), choices=[*reversed(Horizon.choices)], required=False)

    def __init__(self, *args: Any, account: Account, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = [area for area in areas_shown(account) if area.depth > 1]
        held = Target.objects.filter(area__in=self.areas, year=today.year, withdrawn_at=None)
        self.indicators = list(Indicator.objects.filter(pk__in=held.values("indicator")))
        field: Any = self.fields["indicator"]
        field.choices = [(str(one.pk), one.label) for one in self.indicators]

    def chosen(self) -> tuple[Indicator | None, str]:
        """The indicator, the first without a choice, and the span, the year without one."""
        data = self.cleaned_data if self.is_valid() else {}
        found = [one for one in self.indicators if str(one.pk) == data.get("indicator")]
        return next(iter(found or self.indicators), None), data.get("horizon") or Horizon.FULL_YEAR


class StepForm(Form):
    """One step on a target: an amount and a reason, as far as the step needs them."""

    value = forms.CharField(label=_("目标值"), max_length=40, required=False, widget=forms.TextInput(DECIMAL))
    reason = forms.CharField(label=_("理由"), max_length=200, required=False)

    def __init__(self, *args: Any, unit: str, needs: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        for name in list(self.fields):
            if name not in needs:
                del self.fields[name]
            else:
                self.fields[name].required = True

    def clean_value(self) -> Decimal:
        """The amount as a number."""
        return amount(self.cleaned_data["value"], unit=self.unit)


WAYS = {
    Way.SHARE: _("按上年占比"),
    Way.GROWTH: _("同增速"),
    Way.HEADROOM: _("按潜力"),
    Way.ALIKE: _("各地同一比率"),
    Way.HAND: _("按手填"),
}
DIGITS = [("", _("自动")), ("0", _("取整")), ("1", _("一位小数")), ("2", _("两位小数"))]


class WayForm(Form):
    """How a target is split before it is passed on: the way, the digits, and what each can add."""

    way = forms.ChoiceField(label=_("分解方法"), choices=[], required=False)
    digits = forms.ChoiceField(label=_("保留"), choices=DIGITS, required=False)

    def __init__(self, *args: Any, below: Below, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.below = below
        field: Any = self.fields["way"]
        field.choices = [(way, WAYS[way]) for way in below.ways]
        standing = any(part.standing is not None for part in below.parts)
        self.chosen = Way.HAND if standing else below.ways[0]
        if self.is_bound and self.is_valid() and self.cleaned_data.get("way"):
            self.chosen = Way(self.cleaned_data["way"])

    def headroom(self) -> dict[str, Decimal | None]:
        """What each can add, where it was typed; anything that is no number counts as not typed."""
        typed = {part.key: str(self.data.get(f"room_{part.key}", "")) for part in self.below.parts}
        found: dict[str, Decimal | None] = {}
        for key, text in typed.items():
            try:
                found[key] = read_value(text, unit=self.below.target.indicator.unit) if text.strip() else None
            except BadValue:
                continue
        return {key: value for key, value in found.items() if value is not None}


class PartsForm(Form):
    """The part of each area or unit below, and why parts that stand are changed."""

    reason = forms.CharField(
        label=_("调整理由"), max_length=200, required=False, help_text=_("改动已下达的目标时填写。")
    )

    def __init__(self, *args: Any, below: Below, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.below = below
        for part in below.parts:
            self.fields[part.key] = forms.CharField(
                label=str(part.holder), required=False, max_length=40, widget=forms.TextInput(DECIMAL)
            )

    def clean(self) -> dict[str, Any]:
        """Each box as an amount, or why it is none."""
        data = super().clean() or {}
        self.parts: dict[Holder, Decimal] = {}
        for part in self.below.parts:
            text = data.get(part.key)
            if not text:
                continue
            try:
                self.parts[part.holder] = amount(text, unit=self.below.target.indicator.unit)
            except forms.ValidationError as error:
                self.add_error(part.key, error)
        if not self.parts and not self.errors:
            self.add_error(None, _("请至少填一个目标值。"))
        return data

    def told(self) -> Mapping[str, Decimal | None]:
        """The amounts that can be read, by holder."""
        by_key = {part.key: self.parts.get(part.holder) for part in self.below.parts}
        return {key: value for key, value in by_key.items() if value is not None}


class TargetForm(Form):
    """A new target of an area or of a unit of it."""

    battle = forms.ModelChoiceField(label=_("攻坚战"), queryset=Battle.objects.none())
    indicator = forms.ModelChoiceField(label=_("指标"), queryset=Indicator.objects.none())
    area = forms.ModelChoiceField(label=_("地区"), queryset=Area.objects.none())
    unit = Pick(
        label=_("承接单位"),
        source="unit-find",
        required=False,
        help_text=_("不填则由地区承接。"),
    )
    year = forms.TypedChoiceField(label=_("年份"), choices=[], coerce=int)
    horizon = forms.ChoiceField(label=_("目标时段"), choices=Horizon.choices, initial=Horizon.FULL_YEAR)
    value = forms.CharField(label=_("目标值"), max_length=40, widget=forms.TextInput(DECIMAL))
    responsible_person = Pick(label=_("责任人"), source="person-find", required=False)

    def __init__(self, *args: Any, account: Account, year: int, battles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["battle"].queryset = battles
        fields["indicator"].queryset = Indicator.objects.filter(battles__in=battles).distinct()
        fields["area"].queryset = subtree(account.writes_area) if account.writes_area else Area.objects.none()
        fields["area"].initial = account.writes_area
        fields["unit"].queryset = Unit.objects.filter(
            whole_city(account.reads_area), disabled_on__isnull=True
        )
        fields["unit"].find = find_units
        fields["year"].choices = [(year + n, str(year + n)) for n in (0, 1, -1)]

    def clean(self) -> dict[str, Any]:
        """The amount in the unit of the indicator that was chosen."""
        data = super().clean() or {}
        indicator = data.get("indicator")
        if indicator and data.get("value"):
            try:
                data["value"] = amount(data["value"], unit=indicator.unit)
            except forms.ValidationError as error:
                self.add_error("value", error)
        return data


class BattleForm(EditForm):
    """Who leads a battle, who answers for it, and by which indicators it is measured."""

    lead_unit = Pick(label=_("牵头单位"), source="unit-find", required=False)
    responsible_person = Pick(label=_("责任人"), source="person-find", required=False)
    indicators = TickedRecords(
        label=_("指标"),
        queryset=Indicator.objects.filter(disabled_on__isnull=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    by_items = ("indicators",)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["lead_unit"]
        unit.queryset = Unit.objects.filter(whole_city(account.reads_area), disabled_on__isnull=True)
        unit.find = find_units


class GapForm(Form):
    """Which unit answers for what is not passed on."""

    unit = forms.ModelChoiceField(label=_("缺口承担单位"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = target.area.units.filter(disabled_on__isnull=True)


class TaskForm(HandOverForm):
    """A key task of a battle: what, who, by when, under which topic."""

    topic = forms.CharField(
        label=_("专题"), max_length=20, required=False, help_text=_("如 稳、拼、新、深、融、统。")
    )


class TableForm(Form):
    """Targets of one span from a table, pasted or as a file."""

    text = TextArea(
        label=_("从 Excel 复制的表格"),
        rows=8,
        required=False,
        help_text=_("连同表头一起复制粘贴：一行一个地区，一列一个指标，反过来也行。"),
    )
    file = forms.FileField(
        label=_("或上传文件"), required=False, help_text=_(".xlsx、.xls、.et、.ods 或 .csv，不超过 20 MB。")
    )
    year = forms.TypedChoiceField(label=_("年份"), choices=[], coerce=int)
    horizon = forms.ChoiceField(label=_("目标时段"), choices=Horizon.choices, initial=Horizon.FULL_YEAR)
    reason = forms.CharField(
        label=_("调整理由"), max_length=200, required=False, help_text=_("改动已下达的目标时填写。")
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["year"]
        field.choices = [(year + n, str(year + n)) for n in (0, 1, -1)]

    def clean(self) -> dict[str, Any]:
        """A text or a file."""
        data = super().clean() or {}
        if not data.get("text") and not data.get("file"):
            self.add_error("text", _("请粘贴表格，或上传文件。"))
        return data

    def said(self) -> Said:
        """What a table of targets does not say itself: its month stands for the span, its column for none."""
        return Said(None, None, date(self.cleaned_data["year"], 12, 1), Column.REPORTED)


class CampaignForm(Form):
    """A year's campaign."""

    name = forms.CharField(label=_("名称"), max_length=80)
    starts_on = DateField(label=_("开始"))
    ends_on = DateField(label=_("结束"))


class NewBattleForm(BattleForm):
    """A new battle of the campaign."""

    name = forms.CharField(label=_("名称"), max_length=60)
    order = forms.IntegerField(label=_("排序"), min_value=0, max_value=999, initial=1)
    field_order = ("name", "lead_unit", "responsible_person", "indicators", "order")
