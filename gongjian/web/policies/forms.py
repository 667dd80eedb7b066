"""Forms of policies: filters, moves, notices, payouts, requests for missing data."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.enterprises.queries import search_firms, visible_to
from gongjian.people.folded_names import containing
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import find_units, spelt, subtree, whole_city, within
from gongjian.people.states import AreaLevel
from gongjian.policies.models import Payout, Policy, PolicyVersion
from gongjian.policies.states import Delivery, Grade, Level, PayoutState, VersionState
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Form, Pick, TextArea, dress
from gongjian.web.people.person_of_unit import limit_person_to_unit, person_reason

WAN = Decimal(10_000)
YES_NO = [("yes", _("已核对")), ("no", _("待核对"))]
FORCE = [("now", _("施行中")), ("coming", _("未施行")), ("ended", _("已到期")), ("draft", _("起草和待审签"))]


class PolicyFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Filters of the list of policies."""

    q = django_filters.CharFilter(label=_("搜索"), method="by_text")
    level = django_filters.ChoiceFilter(label=_("层级"), choices=Level.choices)
    delivery = django_filters.ChoiceFilter(
        label=_("兑现方式"),
        choices=[*Delivery.choices, ("NONE", _("分类认定，不兑现"))],
        method="by_delivery",
    )
    force = django_filters.ChoiceFilter(label=_("施行"), choices=FORCE, method="by_force")
    here = django_filters.ChoiceFilter(
        label=_("适用地区"), choices=[("yes", _("适用本地")), ("no", _("外地规则"))], method="by_place"
    )
    confirmed = django_filters.ChoiceFilter(label=_("核对"), choices=YES_NO, method="by_confirmed")

    class Meta:
        model = Policy
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, codes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.codes = today, codes
        dress(self.form)

    def by_text(self, rows: QuerySet[Policy], _name: str, value: str) -> QuerySet[Policy]:
        """Search by name, code, document or issuer."""
        text = value.replace("\0", "").strip()
        return rows.filter(
            Q(name__icontains=text)
            | Q(code__icontains=text)
            | Q(document__icontains=text)
            | Q(issuer__icontains=text)
        )

    def by_delivery(self, rows: QuerySet[Policy], _name: str, value: str) -> QuerySet[Policy]:
        """Policies that give something in this way, or those that only classify."""
        return rows.filter(gives=False) if value == "NONE" else rows.filter(gives=True, delivery=value)

    def by_force(self, rows: QuerySet[Policy], _name: str, value: str) -> QuerySet[Policy]:
        """Policies in force today, not yet in force, no longer in force, or not signed."""
        versions = PolicyVersion.objects.order_by()
        signed = versions.filter(state=VersionState.SIGNED)
        wanted = {
            "now": signed.filter(valid_from__lte=self.today).exclude(valid_until__lt=self.today),
            "coming": signed.filter(valid_from__gt=self.today),
            "ended": signed.filter(valid_until__lt=self.today),
            "draft": versions.filter(
                state__in=[VersionState.DRAFT, VersionState.PROPOSED, VersionState.REFUSED]
            ),
        }[value]
        return rows.filter(pk__in=wanted.values("policy"))

    def by_place(self, rows: QuerySet[Policy], _name: str, value: str) -> QuerySet[Policy]:
        """Policies whose area does, or does not, include any of our areas."""
        here = rows.filter(applies_to(self.codes))
        return here if value == "yes" else rows.exclude(pk__in=here.values("pk"))

    def by_confirmed(self, rows: QuerySet[Policy], _name: str, value: str) -> QuerySet[Policy]:
        """Policies checked, or not checked, against the document."""
        return rows.filter(confirmed=value == "yes")


def nearest_first(rows: QuerySet[Policy], codes: tuple[str, ...]) -> QuerySet[Policy]:
    """Sort our own policies first, then national ones, then other places'; checked before unchecked."""
    ours = applies_to(codes) & ~Q(area_code="")
    place = Case(When(ours, then=Value(0)), When(area_code="", then=Value(1)), default=Value(2))
    return rows.annotate(place=place).order_by("place", "-confirmed", "-area_code", "pk")


def applies_to(codes: tuple[str, ...]) -> Q:
    """Policies whose area contains, or lies within, one of our areas; compared by statistics code."""
    wanted = Q(area_code="")
    for code in codes:
        wanted |= Q(area_code__in=[code[:n] for n in range(1, len(code) + 1)])
    return wanted


class FirmsForm(Form):
    """Filters of the firms of one policy."""

    q = forms.CharField(label=_("搜索"), required=False)
    grade = forms.ChoiceField(label=_("结论"), choices=[("", _("全部")), *Grade.choices], required=False)
    area = forms.ModelChoiceField(
        label=_("地区"), queryset=Area.objects.none(), required=False, empty_label=_("全部")
    )
    sort = forms.ChoiceField(
        label=_("排序"),
        choices=[("near", _("差得少的在前")), ("amount", _("金额大的在前")), ("name", _("按企业登记先后"))],
        required=False,
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = subtree(account.reads_area) if account.reads_area else Area.objects.none()
        self.fields["area"].queryset = areas.exclude(level=AreaLevel.TOWNSHIP)  # type: ignore[attr-defined]


class CeilingForm(EditForm):
    """The most a policy may cost."""

    amount = forms.DecimalField(
        label=_("预算上限（万元）"),
        max_digits=14,
        decimal_places=6,
        required=False,
        help_text=_("不设上限请留空。"),
    )

    @property
    def yuan(self) -> Decimal | None:
        """The amount in yuan, once the form is valid."""
        amount: Decimal | None = self.cleaned_data["amount"]
        return None if amount is None else amount * WAN


class ReasonForm(Form):
    """Why a version is refused or retired."""

    reason = TextArea(label=_("理由"), rows=2)


class NoticeForm(Form):
    """The text of a notice to firms."""

    title = forms.CharField(label=_("标题"), max_length=120)
    text = TextArea(label=_("内容"), rows=5)
    grades = forms.MultipleChoiceField(
        label=_("告知哪些企业"),
        choices=[choice for choice in Grade.choices if choice[0] != Grade.FAILS],
        widget=forms.CheckboxSelectMultiple,
        initial=[Grade.MEETS, Grade.NEAR],
    )


class AskForFactForm(Form):
    """Hands the request for a missing datum over to whoever has it."""

    task = TextArea(label=_("任务"), rows=2)
    lead_unit = Pick(label=_("由谁提供"), source="unit-find")
    responsible_person = Pick(label=_("责任人"), source="person-find")
    person_reason = person_reason()
    due = DateField(meaning=DayMeaning.DUE, label=_("办理时限"))
    reason = forms.CharField(
        label=_("再问的理由"),
        max_length=200,
        required=False,
        help_text=_("已经知道的数据不再问；确需再问才填。"),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["lead_unit"]
        unit.queryset = Unit.objects.filter(whole_city(account.reads_area), disabled_on__isnull=True)
        unit.find = find_units
        limit_person_to_unit(self)


class PayoutFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Filters of the ledger of payouts."""

    q = django_filters.CharFilter(label=_("搜索"), method="by_text")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=PayoutState.choices)
    policy = django_filters.ModelChoiceFilter(
        label=_("政策"), queryset=Policy.objects.order_by("name"), field_name="version__policy"
    )
    area = django_filters.ModelChoiceFilter(label=_("地区"), queryset=Area.objects.none(), method="by_area")
    since = django_filters.DateFilter(
        label=_("申报起"),
        field_name="applied_on",
        lookup_expr="gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = django_filters.DateFilter(
        label=_("申报止"),
        field_name="applied_on",
        lookup_expr="lte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = Payout
        fields: list[str] = []

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = subtree(account.reads_area) if account.reads_area else Area.objects.none()
        self.filters["area"].queryset = areas.exclude(level=AreaLevel.TOWNSHIP)
        dress(self.form)

    def by_text(self, rows: QuerySet[Payout], _name: str, value: str) -> QuerySet[Payout]:
        """Search by firm, policy or note."""
        text = value.replace("\0", "").strip()
        return rows.filter(
            containing(text, "enterprise")
            | spelt(text, "enterprise")
            | Q(version__policy__name__icontains=text)
            | Q(note__icontains=text)
        )

    def by_area(self, rows: QuerySet[Payout], _name: str, value: Area) -> QuerySet[Payout]:
        """Payouts to firms in the area and the areas below it."""
        return rows.filter(within(value, "enterprise__area"))


class PayoutForm(Form):
    """An application made by the firm on paper or elsewhere."""

    enterprise = Pick(label=_("企业"), source="enterprise-find")
    version = forms.ModelChoiceField(label=_("政策"), queryset=PolicyVersion.objects.none())
    period = forms.CharField(
        label=_("所属期"), max_length=12, required=False, help_text=_("如 2026Q3、2026；一次性的不填。")
    )
    amount = forms.DecimalField(label=_("申报金额（元）"), max_digits=16, decimal_places=2)
    on = DateField(meaning=DayMeaning.DONE, label=_("申报日期"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        firm: Any = self.fields["enterprise"]
        firm.queryset, firm.find = visible_to(account), partial(search_firms, account=account)
        version: Any = self.fields["version"]
        version.queryset = PolicyVersion.objects.filter(
            state__in=[VersionState.SIGNED, VersionState.RETIRED]
        ).select_related("policy")
        version.label_from_instance = lambda choice: str(choice.policy)


class PayoutMoveForm(Form):
    """The fields one move of a payout asks for."""

    on = DateField(meaning=DayMeaning.DONE, label=_("日期"))
    amount = forms.DecimalField(
        label=_("核准金额（元）"),
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=_("不填则按申报金额。"),
    )
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verb = verb
        for name in {"approve": (), "pay": ("amount", "note"), "return_": ("amount", "on")}[verb]:
            del self.fields[name]
        if verb == "return_":
            self.fields["note"].required = True
            self.fields["note"].label = _("退回的理由")
