"""Forms of the register of firms."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjian.audit import Refused
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.engines.writing.folding import fold_name
from gongjian.enterprises.facts.catalogue import NUMBER, FactKey, catalogue
from gongjian.enterprises.facts.queries import known_values
from gongjian.enterprises.facts.rules import find_jump, nearest_values
from gongjian.enterprises.facts.values import read_value
from gongjian.enterprises.facts.wording import first_day, jump_in_words
from gongjian.enterprises.models import Enterprise, Pairing
from gongjian.enterprises.queries import firms_called, matching_firms, search_firms, visible_to
from gongjian.enterprises.states import EnterpriseStatus, PairingKind, PeriodKind
from gongjian.measures.measure import Scope
from gongjian.measures.queries import rows_of
from gongjian.people.models import Account, Area, Person
from gongjian.people.queries import find_persons, subtree, whole_city, within
from gongjian.people.states import AreaLevel
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Form, Pick, dress, linked

NAMED = 5  # most namesakes that a warning lists
SIZES = [("", _("未知")), ("yes", _("规上")), ("no", _("规下"))]
SIZE_VALUES = {"": None, "yes": True, "no": False}


class EnterpriseForm(EditForm):
    """The master data of a firm."""

    name = forms.CharField(label=_("企业名称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=24,
        required=False,
        help_text=_("18 位，照营业执照填；暂时不知道可以不填。"),
    )
    area = forms.ModelChoiceField(
        label=_("所在地区"), queryset=Area.objects.none(), help_text=_("实际经营地，由哪里管就选哪里。")
    )
    registered_area = forms.ModelChoiceField(
        label=_("登记地区"),
        queryset=Area.objects.none(),
        required=False,
        help_text=_("与实际经营地不同才填。"),
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    industry = forms.CharField(label=_("所属行业"), max_length=60, required=False)
    industry_code = forms.CharField(label=_("行业代码"), max_length=4, required=False)
    chain = forms.CharField(label=_("产业链"), max_length=40, required=False)
    size = forms.ChoiceField(label=_("规上企业"), choices=SIZES, required=False)
    status = forms.ChoiceField(
        label=_("经营状态"), choices=EnterpriseStatus.choices, initial=EnterpriseStatus.ACTIVE
    )
    founded_on = DateField(meaning=DayMeaning.FOUNDED, label=_("成立日期"), required=False)
    makes = forms.CharField(label=_("主要产品"), max_length=200, required=False)
    buys = forms.CharField(label=_("主要采购"), max_length=200, required=False)
    another = forms.BooleanField(label=_("确是另一家同名的企业"), required=False)

    def __init__(self, *args: Any, account: Account, firm: Enterprise | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firm, self.account, self.namesakes = firm, account, list[Enterprise]()
        if not self.is_bound:
            del self.fields["another"]  # asked only when a firm of that name turns up
        own = account.writes_area
        for name, reach in (("area", within(own, "")), ("registered_area", whole_city(own, ""))):
            areas: Any = self.fields[name]
            areas.queryset = Area.objects.filter(reach)
            areas.label_from_instance = lambda area: "\u2003" * (area.depth - 1) + area.name

    def clean(self) -> dict[str, Any]:
        """Warn once when there is a firm of that name; a firm that keeps its name is not asked about it."""
        facts = super().clean() or {}
        name, another = facts.get("name", ""), facts.pop("another", False)
        if self.firm is None or fold_name(name) != fold_name(self.firm.name):
            self.namesakes = list(firms_called(name, but=self.firm)[:NAMED])
        if self.namesakes and not another:
            seen = set(
                visible_to(self.account)
                .filter(pk__in=[firm.pk for firm in self.namesakes])
                .values_list("pk", flat=True)
            )
            shown = [
                (reverse("enterprise", args=[f.pk]) if f.pk in seen else "", f"{f.name}（{f.area}）")
                for f in self.namesakes
            ]
            sentence = gettext(
                "企业库里已有同名企业：%(shown)s。如果是同一家，请打开它修改；确是另一家，请勾选此项再保存。"
            )
            self.add_error("another", mark_safe(sentence % {"shown": linked(shown)}))  # noqa: S308  `linked` has escaped the names
        elif not self.namesakes:
            del self.fields["another"]
        return facts

    def facts(self) -> dict[str, Any]:
        """The values the service takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "another"}
        data["above_designated_size"] = SIZE_VALUES[data.pop("size")]
        return data


class ContactForm(Form):
    """A contact person at the firm."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    title = forms.CharField(label=_("职务"), max_length=40, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    is_main = forms.BooleanField(label=_("主要联系人"), required=False)


class PairingForm(Form):
    """A leader or service officer for the firm."""

    person = Pick(label=_("人员"), source="person-find")
    kind = forms.ChoiceField(label=_("关系"), choices=PairingKind.choices)
    since = DateField(meaning=DayMeaning.TERM, label=_("起始"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset, person.find = Person.objects.all(), find_persons


class FactForm(Form):
    """One value of a fact, with its period and source."""

    key = forms.ChoiceField(label=_("指标"), choices=lambda: [(k, f.label) for k, f in catalogue().items()])
    period_kind = forms.ChoiceField(
        label=_("期别"),
        choices=PeriodKind.choices,
        initial=PeriodKind.MONTH,
        help_text=_("没有期别的情况（如是否上市）按时点填。"),
    )
    period = DateField(meaning=DayMeaning.DONE, label=_("所属期"), help_text=_("填这一期里的任意一天。"))
    value = forms.CharField(
        label=_("数值"),
        max_length=60,
        help_text=_("数字可带单位，如 1.2亿元；是非填“是”或“否”；未知就不要填。"),
    )
    source = forms.CharField(label=_("来源"), max_length=60)

    def __init__(self, *args: Any, firm: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firm = firm

    def clean(self) -> dict[str, Any]:
        """Check the value against the kind of fact it belongs to, and against what is known of the firm."""
        data: dict[str, Any] = super().clean() or {}
        entry, written = catalogue().get(data.get("key", "")), data.get("value")
        if entry is not None and written:
            try:
                data["value"], data["text"] = read_value(entry, written)
            except Refused as refused:
                self.add_error("value", refused.sentence)
        if not self.errors and entry is not None and entry.kind == NUMBER:
            self._ask_about_jump(entry, data)
        return data

    def _ask_about_jump(self, entry: FactKey, data: dict[str, Any]) -> None:
        """Ask about a value that jumps, with a box to tick; a tick counts for the very value it was given for."""
        kind, value = data["period_kind"], data["value"]
        period = first_day(data["period"], kind)
        known = known_values({self.firm.pk}, keys={entry.key}, period_kind=kind, first=period, last=period)
        nearest = nearest_values(
            known.get((self.firm.pk, entry.key, kind), []), period=period, source=data["source"]
        )
        question = find_jump(value, nearest, key=entry.key, unit=entry.unit, period_kind=kind)
        if question is None:
            return
        this = f"{entry.key} {kind} {period} {value}"
        box = forms.MultipleChoiceField(
            label=_("请核对这个数"),
            choices=[(this, _("数没有错，就按这个记"))],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["as_it_is"] = box
        dress(self)
        if this not in box.widget.value_from_datadict(self.data, self.files, self.add_prefix("as_it_is")):
            sentence = jump_in_words(question, key=entry.key, period=period, period_kind=kind)
            self.add_error("as_it_is", sentence)


class QualificationForm(Form):
    """A title the firm holds, with its validity."""

    name = forms.CharField(label=_("资质名称"), max_length=60)
    batch = forms.CharField(label=_("批次"), max_length=40, required=False)
    valid_from = DateField(meaning=DayMeaning.VALID, label=_("有效期起"), required=False)
    valid_to = DateField(meaning=DayMeaning.VALID, label=_("有效期止"), required=False)
    source = forms.CharField(label=_("来源"), max_length=60, required=False)


PARTS: dict[str, tuple[Any, type[Form]]] = {
    "contact": (_("联系人"), ContactForm),
    "pairing": (_("包联"), PairingForm),
    "fact": (_("企业数据"), FactForm),
    "qualification": (_("资质荣誉"), QualificationForm),
}


class MergeForm(Form):
    """The duplicate to merge into this firm."""

    duplicate = Pick(label=_("重复的那一家"), source="enterprise-find", offers_new=False)

    def __init__(self, *args: Any, account: Account, keep: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["duplicate"]
        field.queryset = visible_to(account).exclude(pk=keep.pk)
        field.find = lambda text: [firm for firm in search_firms(text, account=account) if firm.pk != keep.pk]


SORTS = {
    "waiting": (_("未了结问题多的在前"), ("-waiting", "pk")),
    "name": (_("按名称"), ("initials", "pk")),
    "area": (_("按地区"), ("area__path", "pk")),
    "newest": (_("新登记的在前"), ("-pk",)),
}


class RegisterFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Filters of the register. Rows carry `waiting`, the number of problems not settled yet."""

    q = django_filters.CharFilter(label=_("搜索"), method="by_text")
    area = django_filters.ModelChoiceFilter(label=_("地区"), queryset=Area.objects.none(), method="by_area")
    industry = django_filters.ChoiceFilter(label=_("行业"), choices=[])
    size = django_filters.ChoiceFilter(
        label=_("规上企业"),
        choices=[("yes", _("规上")), ("no", _("规下")), ("unknown", _("未知"))],
        method="by_size",
    )
    status = django_filters.ChoiceFilter(label=_("经营状态"), choices=EnterpriseStatus.choices)
    leader = django_filters.ModelChoiceFilter(
        label=_("包联领导"), queryset=Person.objects.none(), method="by_leader"
    )
    open = django_filters.ChoiceFilter(
        label=_("未了结问题"), choices=[("yes", _("有")), ("no", _("没有"))], method="by_open"
    )
    sort = django_filters.ChoiceFilter(
        label=_("排序"), choices=[(key, label) for key, (label, _by) in SORTS.items()], method="by_sort"
    )

    class Meta:
        model = Enterprise
        fields: list[str] = []

    def __init__(self, *args: Any, account: Account, today: date, **kwargs: Any) -> None:
        seen = visible_to(account)
        unsettled = rows_of("unsettled", Scope(today, account=account))
        waiting = unsettled.filter(enterprise=OuterRef("pk")).order_by().values("enterprise")
        total = Subquery(waiting.annotate(total=Count("pk")).values("total"))
        rows = seen.select_related("area").annotate(waiting=Coalesce(total, 0)).order_by("pk")
        super().__init__(*args, queryset=rows, **kwargs)
        self.leading = Pairing.objects.filter(
            Q(until__isnull=True) | Q(until__gte=today), kind=PairingKind.LEADER
        )
        areas = subtree(account.reads_area) if account.reads_area else Area.objects.none()
        self.filters["area"].queryset = areas.exclude(level=AreaLevel.TOWNSHIP)
        self.filters["leader"].queryset = Person.objects.filter(
            pk__in=self.leading.filter(enterprise__in=seen).values("person")
        ).order_by("initials", "pk")
        names = seen.exclude(industry="").order_by("industry").values_list("industry", flat=True).distinct()
        self.filters["industry"].extra["choices"] = [(n, n) for n in names]
        dress(self.form)

    def by_text(self, rows: QuerySet[Enterprise], _name: str, value: str) -> QuerySet[Enterprise]:
        """Search by name, short name, pinyin initials or code."""
        return matching_firms(rows, value)

    def by_area(self, rows: QuerySet[Enterprise], _name: str, value: Area) -> QuerySet[Enterprise]:
        """Firms in the area and the areas below it."""
        return rows.filter(within(value))

    def by_size(self, rows: QuerySet[Enterprise], _name: str, value: str) -> QuerySet[Enterprise]:
        """Firms of one size class; "unknown" is a class of its own."""
        sizes = {"yes": True, "no": False, "unknown": None}
        return rows.filter(above_designated_size=sizes[value])

    def by_leader(self, rows: QuerySet[Enterprise], _name: str, value: Person) -> QuerySet[Enterprise]:
        """Firms currently paired with a leader."""
        return rows.filter(pk__in=self.leading.filter(person=value).values("enterprise"))

    def by_open(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Firms with, or without, problems not yet closed."""
        return rows.filter(waiting__gt=0) if value == "yes" else rows.filter(waiting=0)

    def by_sort(self, rows: QuerySet[Enterprise], _name: str, value: str) -> QuerySet[Enterprise]:
        """Sort by the chosen order; by default, the closest match on the name comes first."""
        return rows.order_by(*SORTS[value][1])
