"""Forms of standings: which month of which scheme, a new scheme, the table of a scheme, an excuse."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.audit.wording import in_chinese
from gongjian.engines.standings.library import shipped
from gongjian.indicators.models import Indicator
from gongjian.people.models import Account, Area
from gongjian.standings.models import Scheme, SchemeItem, SchemeVersion
from gongjian.standings.queries import compared_areas
from gongjian.standings.schemes.queries import OF_ITEM
from gongjian.standings.states import Lens, Lists, Method, Missing, Tie
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Form
from gongjian.web.indicators.months import month_of, months_offered

SPARE = 3  # empty lines of the table
AT_HAND = 4  # boxes of a line that are not folded
AHEAD = 3  # months ahead from which a scheme may begin


class StandingsFilter(Form):
    """The scheme, the month and the day as of which figures are taken."""

    scheme = forms.ChoiceField(label=_("方案"), choices=[], required=False)
    month = forms.ChoiceField(label=_("月份"), choices=[], required=False)
    as_of = DateField(label=_("截至某日所知"), required=False)

    def __init__(self, *args: Any, schemes: Sequence[Scheme], latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schemes, self.latest = {str(one.pk): one for one in schemes}, latest
        scheme: Any = self.fields["scheme"]
        scheme.choices = [(str(one.pk), f"{one.area} · {one}") for one in schemes]
        month: Any = self.fields["month"]
        month.choices = months_offered(latest)

    def chosen(self) -> tuple[Scheme | None, date, date | None]:
        """The scheme, the month and the day; what is not valid counts as not chosen."""
        data = self.cleaned_data if self.is_valid() else {}
        first = next(iter(self.schemes.values()), None)
        scheme = self.schemes.get(data.get("scheme") or "", first)
        return scheme, month_of(data.get("month") or "") or self.latest, data.get("as_of")


class MonthField(forms.ChoiceField):
    """A month, as its first day."""

    def __init__(self, *, last: date, **kwargs: Any) -> None:
        super().__init__(choices=months_offered(last), **kwargs)

    def clean(self, value: Any) -> Any:
        """The first day of the month."""
        return month_of(super().clean(value) or "")


class NewSchemeForm(Form):
    """A new scheme, like one that ships or empty."""

    name = forms.CharField(label=_("方案名称"), max_length=40)
    like = forms.ChoiceField(label=_("参照"), choices=[], required=False, help_text=_("照它列好条目，再改。"))
    area = forms.ModelChoiceField(label=_("地区"), queryset=Area.objects.none())

    def __init__(self, *args: Any, account: Account, month: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        like: Any = self.fields["like"]
        named = "name" if in_chinese() else "english"
        like.choices = [("", _("不参照")), *((key, table[named]) for key, table in shipped().items())]
        area: Any = self.fields["area"]
        own = account.writes_area
        area.queryset = Area.objects.filter(pk=own.pk) if own else Area.objects.none()
        area.initial = own
        self.fields["month"] = MonthField(last=last, label=_("自哪个月起"), initial=f"{month:%Y-%m}")


class SchemeForm(EditForm):
    """The whole table of a draft: its rules, its items line by line, and the group of each area."""

    step = forms.DecimalField(label=_("每低一位扣满分的百分之几"), max_digits=5, decimal_places=2)
    tie = forms.ChoiceField(label=_("并列"), choices=Tie.choices)
    missing = forms.ChoiceField(label=_("缺数据"), choices=Missing.choices)
    least_group = forms.IntegerField(label=_("每组至少几个地区才排名"), min_value=1, max_value=50)
    first_base = forms.BooleanField(label=_("基数、目标调低的按原数计算"), required=False)
    one_off = forms.DecimalField(
        label=_("单月突增超过其他月份的几倍不计"), max_digits=5, decimal_places=1, min_value=1, required=False
    )
    lists = forms.ChoiceField(label=_("红黑榜"), choices=Lists.choices)
    listed = forms.IntegerField(label=_("红黑榜取几位（几项）"), min_value=1, max_value=50)
    fair = forms.BooleanField(label=_("完成目标或有不可抗力的不上黑榜"), required=False)
    source = forms.CharField(label=_("依据"), max_length=200, required=False)
    rules = (
        "step",
        "tie",
        "missing",
        "least_group",
        "first_base",
        "one_off",
        "lists",
        "listed",
        "fair",
        "source",
    )

    def __init__(self, *args: Any, version: SchemeVersion, **kwargs: Any) -> None:
        items = list(version.items.select_related("indicator"))
        groups = {member.area_id: member.group for member in version.members.all()}
        self.areas = compared_areas(version.scheme.area)
        self.lines = range(len(items) + SPARE)
        first = {name: getattr(version, name) for name in self.rules}
        first |= {f"group_{area.pk}": groups.get(area.pk, "") for area in self.areas}
        for number, item in enumerate(items):
            first |= _first_of(number, item)
        super().__init__(*args, initial=first, **kwargs)
        self.indicators = {str(one.pk): one for one in Indicator.objects.filter(disabled_on__isnull=True)}
        self.indicators |= {str(item.indicator_id): item.indicator for item in items}
        choices = [("", _("不选")), *((key, one.label) for key, one in self.indicators.items())]
        for number in self.lines:
            self.fields |= _line_fields(number, choices)
        for area in self.areas:
            self.fields[f"group_{area.pk}"] = forms.CharField(label=str(area), max_length=20, required=False)

    @property
    def rule_fields(self) -> list[Any]:
        """The boxes of the rules."""
        return [self[name] for name in self.rules]

    @property
    def rows(self) -> Iterator[tuple[list[Any], list[Any]]]:
        """The boxes of each line of the table: those always needed, and those that stand folded."""
        for number in self.lines:
            boxes = [self[f"{name}_{number}"] for name in ("indicator", *OF_ITEM)]
            yield boxes[:AT_HAND], boxes[AT_HAND:]

    @property
    def group_fields(self) -> list[Any]:
        """The boxes of the groups."""
        return [self[f"group_{area.pk}"] for area in self.areas]

    def clean(self) -> dict[str, Any]:
        """A line with an indicator needs its full marks."""
        data = super().clean() or {}
        for number in self.lines:
            if data.get(f"indicator_{number}") and data.get(f"points_{number}") is None:
                self.add_error(f"points_{number}", _("请写满分。"))
        return data

    def settings(self) -> dict[str, Any]:
        """The rules that were set."""
        return {name: self.cleaned_data[name] for name in self.rules}

    def items(self) -> list[tuple[Indicator, dict[str, Any]]]:
        """The items that were filled in, in their order."""
        data = self.cleaned_data
        return [
            (self.indicators[data[f"indicator_{number}"]], _facts_of(data, number))
            for number in self.lines
            if data.get(f"indicator_{number}")
        ]

    def table(self) -> dict[str, Any]:
        """All that was filled in."""
        return {"settings": self.settings(), "items": self.items(), "groups": self.groups()}

    def groups(self) -> dict[Area, str]:
        """The group of each area."""
        return {area: self.cleaned_data.get(f"group_{area.pk}") or "" for area in self.areas}


def _first_of(number: int, item: SchemeItem) -> dict[str, Any]:
    first = {f"{name}_{number}": getattr(item, name) for name in OF_ITEM}
    return first | {f"indicator_{number}": str(item.indicator_id)}


def _line_fields(number: int, indicators: list[tuple[str, Any]]) -> dict[str, forms.Field]:
    """The boxes of one line."""

    def amount(label: Any, **facts: Any) -> forms.DecimalField:
        return forms.DecimalField(label=label, required=False, max_digits=20, decimal_places=4, **facts)

    fields: dict[str, forms.Field] = {
        "indicator": forms.ChoiceField(label=_("指标"), choices=indicators, required=False),
        "lens": forms.ChoiceField(label=_("视角"), choices=Lens.choices, required=False),
        "method": forms.ChoiceField(label=_("计分办法"), choices=Method.choices, required=False),
        "points": amount(_("满分"), min_value=0),
        "least_base": amount(_("基数下限")),
        "reach": amount(_("起评线")),
        "reach_points": amount(_("达线得分"), min_value=0),
        "added": forms.BooleanField(label=_("达线得分另加"), required=False),
        "effort": amount(_("难度系数")),
    }
    return {f"{name}_{number}": field for name, field in fields.items()}


def _facts_of(data: dict[str, Any], number: int) -> dict[str, Any]:
    facts = {name: data.get(f"{name}_{number}") for name in OF_ITEM}
    usual = {"lens": Lens.QUALITY.value, "method": Method.LADDER.value, "reach_points": 0, "effort": 1}
    return facts | {name: value for name, value in usual.items() if facts[name] in (None, "")}


class ExcuseForm(Form):
    """What nobody could prevent in a month."""

    area = forms.ModelChoiceField(label=_("地区"), queryset=Area.objects.none())
    reason = forms.CharField(label=_("情况说明"), max_length=200)

    def __init__(self, *args: Any, account: Account, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        below = compared_areas(account.writes_area) if account.writes_area else []
        area.queryset = Area.objects.filter(pk__in=[one.pk for one in below])
        self.fields["month"] = MonthField(last=last, label=_("月份"))
