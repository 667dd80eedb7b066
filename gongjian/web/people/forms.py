"""Forms of areas, units, persons and accounts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.enterprises.queries import search_firms as find_firms
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.people.folded_names import called, containing
from gongjian.people.models import Account, Area, Person, Tenure, Unit
from gongjian.people.queries import (
    find_persons,
    find_units,
    named_like,
    subtree,
    who_sign_in,
    whole_city,
    within,
)
from gongjian.people.states import AreaLevel, Role, UnitKind
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Form, Pick, TextArea, linked

ANY = [("", _("全部"))]
NAMED = 5  # most namesakes that a warning lists
SEEING = (Role.CLERK, Role.LEADER, Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)
WRITING = (Role.CLERK, Role.OFFICER)
PEOPLE = [
    (role.value, role.label) for role in Role if role != Role.SYSTEM
]  # systems have a page of their own


def kept_areas(account: Account) -> QuerySet[Area]:
    """Areas whose units this account may maintain, as a tree."""
    if account.role == Role.ADMINISTRATOR:
        areas: QuerySet[Area] = Area.objects.order_by("path")
        return areas
    none: QuerySet[Area] = Area.objects.none()
    return subtree(account.writes_area).order_by("path") if account.writes_area else none


def as_tree(field: Any, areas: QuerySet[Area]) -> None:
    """Offer these areas as choices, each indented by its depth."""
    field.queryset = areas
    field.label_from_instance = lambda area: "\u2003" * (area.depth - 1) + area.name


class AreaForm(EditForm):
    """The data of an area."""

    parent = forms.ModelChoiceField(
        label=_("由谁管"), queryset=Area.objects.none(), help_text=_("实际管理它的上级地区。")
    )
    name = forms.CharField(label=_("名称"), max_length=60)
    short_name = forms.CharField(label=_("简称"), max_length=20, required=False)
    level = forms.ChoiceField(label=_("层级"), choices=AreaLevel.choices)
    functional = forms.BooleanField(
        label=_("功能区（无行政区划）"),
        required=False,
        help_text=_("如经开区：自己管事，统计上仍算在所在区县。"),
    )
    stat_code = forms.RegexField(
        regex=r"^\d{6}(\d{3})?(\d{3})?$",
        label=_("统计用区划代码"),
        required=False,
        help_text=_("6、9 或 12 位数字；功能区填它在统计上归属的区划代码。"),
        error_messages={"invalid": _("统计用区划代码是 6、9 或 12 位数字。请核对。")},
    )
    order = forms.IntegerField(label=_("官方排序"), min_value=0, max_value=9999, initial=0)
    note = forms.CharField(label=_("备注"), max_length=200, required=False)

    def __init__(self, *args: Any, account: Account, area: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if area is not None:
            del self.fields["parent"], self.fields["level"]
        else:
            as_tree(self.fields["parent"], kept_areas(account))


class UnitForm(EditForm):
    """The data of a unit."""

    area = forms.ModelChoiceField(label=_("所属地区"), queryset=Area.objects.none())
    name = forms.CharField(label=_("名称"), max_length=80)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("性质"), choices=UnitKind.choices, initial=UnitKind.DEPARTMENT)
    superior = Pick(label=_("上级单位"), source="unit-find", required=False)
    duties = TextArea(
        label=_("主要职责"), required=False, help_text=_("写清管哪些事，交办时据此找牵头单位。")
    )

    paper_head = forms.CharField(
        label=_("文头"),
        max_length=60,
        required=False,
        help_text=_("攻坚办印发简报用的文头，如“安川市攻坚工作简报”。"),
    )

    def __init__(self, *args: Any, account: Account, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit is None or unit.kind != UnitKind.OFFICE:
            del self.fields["paper_head"]
        superior: Any = self.fields["superior"]
        superior.queryset, superior.find = Unit.objects.all(), find_units
        if unit is not None:
            del self.fields["area"]
        else:
            as_tree(self.fields["area"], kept_areas(account))


class DisableForm(Form):
    """The day from which nothing new is handed to the unit."""

    on = DateField(meaning=DayMeaning.TERM, label=_("停用日期"))
    into = Pick(
        label=_("并入单位"),
        source="unit-find",
        required=False,
        offers_new=False,
        help_text=_("机构合并时选新单位，没有了结的事项接着移交给它。"),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.queryset = Unit.objects.filter(whole_city(unit.area), disabled_on__isnull=True).exclude(
            pk=unit.pk
        )
        field.find = find_units


class PersonForm(EditForm):
    """The data of a person."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    note = forms.CharField(
        label=_("备注"), max_length=200, required=False, help_text=_("同名的人在这里写明区别。")
    )
    another = forms.BooleanField(label=_("确是另一位同名的人"), required=False)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if person is not None or not self.is_bound:
            del self.fields["another"]  # asked only when a namesake turns up

    def clean(self) -> dict[str, Any]:
        """Warn once when another person has the same name."""
        facts = super().clean() or {}
        another = facts.pop("another", False)
        same = (
            Person.objects.filter(called(facts.get("name", "")))
            if self.person is None
            else Person.objects.none()
        )
        if not another and (namesakes := list(same[:NAMED])):
            shown = linked((reverse("person", args=[one.pk]), _who(one)) for one in namesakes)
            sentence = gettext("已有同名人员：%(shown)s。确是另一人，请勾选此项再保存。")
            self.add_error("another", mark_safe(sentence % {"shown": shown}))  # noqa: S308  `linked` has escaped the names
        return facts


def _who(person: Person) -> str:
    held = Tenure.objects.filter(person=person).select_related("post__unit").last()
    who = held.post.in_full if held else person.note or gettext("没有职务")
    return f"{person.name}（{who}）"


class AppointForm(Form):
    """The post a person is appointed to."""

    unit = Pick(label=_("单位"), source="unit-find")
    title = forms.CharField(label=_("职务"), max_length=60)
    is_principal = forms.BooleanField(label=_("一把手"), required=False)
    since = DateField(
        meaning=DayMeaning.TERM, label=_("任职日期"), required=False, help_text=_("不知道可以不填。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset, unit.find = Unit.objects.filter(disabled_on__isnull=True), find_units


class EndForm(Form):
    """The last day of a person in a post."""

    until = DateField(meaning=DayMeaning.TERM, label=_("免职日期"))


class AccountForm(Form):
    """The data of an account."""

    username = forms.RegexField(
        regex=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$",
        label=_("登录名"),
        help_text=_("字母或数字，2 至 40 位，如 zhoumin。"),
        error_messages={"invalid": _("登录名只用字母、数字、点、横线，2 至 40 位。")},
    )
    name = forms.CharField(label=_("显示名"), max_length=40)
    role = forms.ChoiceField(label=_("角色"), choices=PEOPLE)
    person = Pick(
        label=_("本人"), source="person-find", required=False, help_text=_("领导、首席服务官要选本人。")
    )
    unit = Pick(
        label=_("所在单位"), source="unit-find", required=False, help_text=_("承办单位经办人要选所在单位。")
    )
    reads_area = forms.ModelChoiceField(
        label=_("可查看地区"), queryset=Area.objects.none(), required=False, help_text=_("含其下各级。")
    )
    writes_area = forms.ModelChoiceField(
        label=_("可录入地区"), queryset=Area.objects.none(), required=False, help_text=_("含其下各级。")
    )
    enterprise = Pick(
        label=_("企业"), source="enterprise-find", required=False, help_text=_("企业账号要选企业。")
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["person"].queryset, fields["person"].find = Person.objects.all(), find_persons
        fields["unit"].queryset, fields["unit"].find = (
            Unit.objects.filter(disabled_on__isnull=True),
            find_units,
        )
        fields["enterprise"].queryset = visible_firms(account)
        fields["enterprise"].find = lambda text: find_firms(text, account=account)
        for name in ("reads_area", "writes_area"):
            as_tree(fields[name], Area.objects.order_by("path"))

    def clean(self) -> dict[str, Any]:
        """Require what the role needs to see anything at all."""
        facts: dict[str, Any] = super().clean() or {}
        for field, wrong in self._missing(facts, facts.get("role")):
            if field not in self.errors:
                self.add_error(field, wrong)
        return facts

    def _missing(self, facts: dict[str, Any], role: str | None) -> Iterator[tuple[str, str]]:
        firm, reads, writes = (facts.get(name) for name in ("enterprise", "reads_area", "writes_area"))
        if role == Role.ENTERPRISE and firm is None:
            yield "enterprise", gettext("企业账号要选企业。请输入企业名称或拼音首字母。")
        if role != Role.ENTERPRISE and firm is not None:
            yield "enterprise", gettext("只有企业账号才选企业。请清空此项，或改选角色。")
        if role in SEEING and reads is None:
            yield "reads_area", gettext("这个角色要选可查看地区，否则登录后看不到任何内容。")
        if role in WRITING and writes is None:
            yield "writes_area", gettext("这个角色要选可录入地区，否则不能记录任何内容。")
        if reads and writes and not writes.path.startswith(reads.path):
            yield "writes_area", gettext("可录入地区要在可查看地区以内。请重新选择。")


# --- filters


class UnitFilter(Form):
    """Filters of the list of units."""

    q = forms.CharField(label=_("搜索"), required=False)
    area = forms.ModelChoiceField(
        label=_("地区"), queryset=Area.objects.none(), required=False, empty_label=_("全部")
    )
    kind = forms.ChoiceField(label=_("性质"), choices=ANY + UnitKind.choices, required=False)
    use = forms.ChoiceField(
        label=_("使用情况"),
        choices=[("", _("在用")), ("disabled", _("已停用")), ("all", _("全部"))],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_tree(self.fields["area"], Area.objects.order_by("path"))

    def rows(self, today: date) -> QuerySet[Unit]:
        """The units that the filter selects, in official order area by area."""
        self.is_valid()
        chosen = self.cleaned_data
        rows = Unit.objects.select_related("area").order_by("area__path", "order", "pk")
        if text := chosen.get("q"):
            rows = rows.filter(named_like(text))
        if chosen.get("area"):
            rows = rows.filter(within(chosen["area"]))
        if chosen.get("kind"):
            rows = rows.filter(kind=chosen["kind"])
        off = Q(disabled_on__lte=today)
        return {"disabled": rows.filter(off), "all": rows}.get(chosen.get("use") or "", rows.exclude(off))


class PersonFilter(Form):
    """Filters of the list of persons."""

    q = forms.CharField(label=_("姓名或拼音首字母"), required=False)
    post = forms.CharField(label=_("单位或职务"), required=False)

    def rows(self) -> QuerySet[Person]:
        """The persons that the filter selects."""
        self.is_valid()
        rows = Person.objects.order_by("initials", "pk")
        if text := self.cleaned_data.get("q"):
            rows = rows.filter(named_like(text))
        if text := self.cleaned_data.get("post"):
            held = Tenure.objects.filter(Q(post__title__icontains=text) | containing(text, "post__unit"))
            rows = rows.filter(pk__in=held.values("person"))
        return rows


class AccountFilter(Form):
    """Filters of the list of accounts."""

    q = forms.CharField(label=_("登录名、显示名或单位"), required=False)
    role = forms.ChoiceField(label=_("角色"), choices=ANY + PEOPLE, required=False)
    use = forms.ChoiceField(
        label=_("使用情况"),
        choices=[("", _("全部")), ("active", _("在用")), ("shut", _("已停用"))],
        required=False,
    )

    def rows(self) -> QuerySet[Account]:
        """The accounts that the filter selects."""
        self.is_valid()
        chosen = self.cleaned_data
        related = ("unit", "person", "reads_area", "writes_area", "speaks_for__enterprise")
        rows = who_sign_in().select_related(*related).order_by("username")
        if text := chosen.get("q"):
            rows = rows.filter(
                Q(username__icontains=text)
                | Q(name__icontains=text)
                | containing(text, "unit")
                | containing(text, "person")
                | containing(text, "speaks_for__enterprise")
            )
        if chosen.get("role"):
            rows = rows.filter(role=chosen["role"])
        if chosen.get("use"):
            rows = rows.filter(is_active=chosen["use"] == "active")
        return rows
