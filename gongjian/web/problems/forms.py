"""Forms of the problem ledger."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import BLANK_CHOICE_DASH, QuerySet
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.models import Regime
from gongjian.assignments.states import Light, State
from gongjian.audit.wording import words
from gongjian.campaigns.models import Battle
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.enterprises.models import Contact, Enterprise
from gongjian.enterprises.queries import search_firms, visible_to
from gongjian.measures import queries as measures
from gongjian.measures.measure import Scope
from gongjian.measures.states import Counts
from gongjian.measures.table import TABLE
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import find_units, since, subtree, until, whole_city, within
from gongjian.people.states import AreaLevel
from gongjian.problems import queries
from gongjian.problems.models import Problem
from gongjian.problems.states import FILED, Category, Channel, Origin, ProblemKind, Satisfaction, WordMethod
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.projects.queries import search_projects
from gongjian.projects.queries import visible_to as visible_projects
from gongjian.web.editing.forms import EditForm
from gongjian.web.enterprises.contact_field import ContactText
from gongjian.web.forms import DateField, Form, Pick, PickMany, TextArea, dress
from gongjian.web.people.person_of_unit import limit_person_to_unit, person_reason
from gongjian.web.pick_filter import PickFilter
from gongjian.web.problems.blockers.forms import limit_projects, project_pick
from gongjian.web.record_keys import TickedRecords


class ProblemForm(EditForm):
    """A problem as the firm reported it."""

    text = forms.CharField(
        label=_("问题描述"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清对象、数量和希望怎样解决。"),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=ProblemKind.choices, initial=ProblemKind.DIFFICULTY)
    category = forms.ChoiceField(label=_("问题类别"), choices=[*BLANK_CHOICE_DASH, *FILED])
    raised_by = ContactText(label=_("反映人"), required=False)
    channel = forms.ChoiceField(label=_("收集渠道"), choices=Channel.choices, initial=Channel.VISIT)
    origin = forms.ChoiceField(label=_("问题层级"), choices=Origin.choices, initial=Origin.COUNTY)
    battle = forms.ModelChoiceField(label=_("攻坚战"), queryset=Battle.objects.all(), required=False)

    def __init__(
        self,
        *args: Any,
        battles: Iterable[tuple[Any, Any]] | None = None,
        subject_firm: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        raised_by: Any = self.fields["raised_by"]
        raised_by.limit_to(subject_firm)
        if battles is not None:  # a page with many of these forms asks for them once
            self.fields["battle"].choices = battles  # type: ignore[attr-defined]


def battle_choices() -> list[tuple[Any, Any]]:
    """The battles offered as choices in a form about a problem, from one query."""
    offered: Any = ProblemForm().fields["battle"]
    return [("", offered.empty_label), *((battle.pk, str(battle)) for battle in offered.queryset)]


class FirmProblemForm(ProblemForm):
    """The same form on a page of its own, where the firm is chosen as well."""

    enterprise = Pick(label=_("企业"), source="enterprise-find")
    project = project_pick()
    field_order = ("enterprise", "project")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["enterprise"]
        field.queryset, field.find = visible_to(account), partial(search_firms, account=account)
        limit_projects(self.fields["project"], account)
        raised_by: Any = self.fields["raised_by"]
        raised_by.queryset = Contact.objects.filter(enterprise__in=visible_to(account))
        raised_by.widget.within = self.add_prefix("enterprise")


def usable_regimes() -> list[Regime]:
    """The regimes a hand-over may run under, from one query: the office's own, none of the library."""
    return list(Regime.objects.filter(disabled_on__isnull=True, in_library=False))


class HandOverForm(Form):
    """The four fields of a hand-over, and the regime that fills the deadline."""

    category = forms.ChoiceField(
        label=_("问题类别"),
        choices=[*BLANK_CHOICE_DASH, *FILED],
        help_text=_("这个问题记下时没有归类。交办前先归类。"),
    )
    task = forms.CharField(label=_("任务"), widget=forms.Textarea(attrs={"rows": 2}))
    lead_unit = Pick(label=_("牵头单位"), source="unit-find")
    responsible_person = Pick(label=_("责任人"), source="person-find")
    person_reason = person_reason()
    limit = forms.ChoiceField(label=_("按哪种时限制度"), choices=[])
    due = DateField(
        meaning=DayMeaning.DUE, label=_("办理时限"), required=False, help_text=_("不填则按时限制度推算。")
    )
    supporting_units = PickMany(
        label=_("协办单位"),
        source="unit-find",
        required=False,
        help_text=_("在协办期限内向牵头单位答复，各有各的灯。"),
    )
    copied_to = PickMany(
        label=_("抄送单位"),
        source="unit-find",
        required=False,
        help_text=_("如督查室；收到抄送的单位可以查看。"),
    )

    def __init__(
        self,
        *args: Any,
        account: Account,
        suggestions: "Sequence[suggested_units.Suggestion]" = (),
        regimes: Iterable[Regime] | None = None,
        unfiled: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not unfiled:
            del self.fields["category"]
        self.suggestions = suggestions
        units = Unit.objects.filter(whole_city(account.reads_area), disabled_on__isnull=True)
        for name in ("lead_unit", "supporting_units", "copied_to"):
            self._field(name).queryset = units
            self._field(name).find = find_units
        limit_person_to_unit(self)
        regimes = usable_regimes() if regimes is None else regimes
        limits = [
            (f"{r.pk}:{g['key']}", f"{words(r.name)}·{words(g['name'])}") for r in regimes for g in r.grades
        ]
        self._field("limit").choices = [*limits, ("", _("指定日期"))]
        self.fields["limit"].initial = limits[0][0] if limits else ""
        self.fields["limit"].required = False

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def typed(self) -> dict[str, Any]:
        """The values typed so far, as initial values of a new form."""
        names = ("category", "task", "limit", "due", "person_reason")
        typed: dict[str, Any] = {name: self.data.get(name, "") for name in names}
        typed["supporting_units"] = self["supporting_units"].value()[0]
        return typed

    def clean(self) -> dict[str, Any]:
        """Split the one choice into the regime and its grade."""
        data: dict[str, Any] = super().clean() or {}
        key, _sep, grade = data.get("limit", "").partition(":")
        data["regime"] = Regime.objects.filter(pk=key).first() if key else None
        data["grade"] = grade
        if data["regime"] is None and not data.get("due"):
            self.add_error("due", _("选了“指定日期”就要填办理时限。"))
        return data


class AnswerForm(Form):
    """An answer given on the spot."""

    answer = forms.CharField(label=_("现场答复"), widget=forms.Textarea(attrs={"rows": 2}))


class DeclineForm(Form):
    """Why the problem is not taken up; the firm reads the reason."""

    reason = TextArea(
        label=_("不予受理的理由"),
        rows=2,
        max_length=1000,
        help_text=_("企业会看到这段话：写明依据和企业可以怎么办。"),
    )


class WordForm(Form):
    """The firm's word."""

    satisfaction = forms.ChoiceField(label=_("满意度"), choices=Satisfaction.choices)
    method = forms.ChoiceField(
        label=_("评价方式"), choices=[c for c in WordMethod.choices if c[0] != WordMethod.CODE]
    )
    said_by = ContactText(label=_("评价人"))
    note = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def __init__(self, *args: Any, subject_firm: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said_by: Any = self.fields["said_by"]
        said_by.limit_to(subject_firm)


class BulkForm(Form):
    """A bulk action for every ticked row."""

    verb = forms.ChoiceField(
        choices=[("remind", _("批量催办")), ("categorise", _("批量改类别")), ("hand_over", _("批量交办"))]
    )
    rows = TickedRecords(queryset=Problem.objects.none())
    category = forms.ChoiceField(label=_("问题类别"), choices=FILED, required=False)

    def __init__(self, *args: Any, visible: QuerySet[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].queryset = visible  # type: ignore[attr-defined]


SORTS = (
    ("-recorded", _("最新记录")),
    ("due", _("时限先后")),
    ("area", _("地区顺序")),
    ("unit", _("单位")),
)
STATUS = [("NEW", _("待交办")), ("ANSWERED", _("现场答复")), ("DECLINED", _("不予受理")), *State.choices]


class DayFilter(django_filters.DateFilter):  # type: ignore[misc]  # the library ships no types
    """A filter from or up to a day, compared as moments so that no row's day has to be computed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.DateInput(attrs={"type": "date"}), **kwargs)

    def filter(self, rows: QuerySet[Problem], day: date | None) -> QuerySet[Problem]:
        """Compare with the day's first moment (`gte`), or the first moment of the next day (`lte`)."""
        if day is None:
            return rows
        wanted = since(day, self.field_name) if self.lookup_expr == "gte" else until(day, self.field_name)
        return rows.filter(wanted)


class LedgerFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Filters of the ledger, kept in the page's address."""

    at_hand = ("light", "area")

    q = django_filters.CharFilter(label=_("搜索"), method="by_text")
    light = django_filters.ChoiceFilter(label=_("灯"), choices=Light.choices, method="by_light")
    status = django_filters.ChoiceFilter(label=_("状态"), choices=STATUS, method="by_status")
    area = django_filters.ModelChoiceFilter(label=_("地区"), queryset=Area.objects.none(), method="by_area")
    unit = PickFilter(label=_("牵头单位"), source="unit-find", field_name="assignment__lead_unit")
    category = django_filters.ChoiceFilter(label=_("问题类别"), choices=Category.choices)
    kind = django_filters.ChoiceFilter(label=_("类型"), choices=ProblemKind.choices)
    battle = django_filters.ModelChoiceFilter(label=_("攻坚战"), queryset=Battle.objects.all())
    project = PickFilter(label=_("重点项目"), source="project-find", field_name="project", offers_new=False)
    enterprise = django_filters.ModelChoiceFilter(
        label=_("企业"), queryset=Enterprise.objects.all(), widget=forms.HiddenInput
    )
    since = DayFilter(label=_("记录起"), field_name="recorded_at", lookup_expr="gte")
    until = DayFilter(label=_("记录止"), field_name="recorded_at", lookup_expr="lte")
    measure = django_filters.ChoiceFilter(
        label=_("口径"),
        choices=[(one.key, gettext_lazy(one.label)) for one in TABLE if one.counts == Counts.PROBLEMS],
        method="by_measure",
    )
    first = django_filters.DateFilter(label=_("统计起"), method="of_measure", widget=forms.HiddenInput)
    last = django_filters.DateFilter(label=_("统计止"), method="of_measure", widget=forms.HiddenInput)
    handed_since = DayFilter(label=_("交办起"), field_name="assignment__handed_over_at", lookup_expr="gte")
    handed_until = DayFilter(label=_("交办止"), field_name="assignment__handed_over_at", lookup_expr="lte")
    sort = django_filters.ChoiceFilter(label=_("排序"), choices=SORTS, method="by_sort", empty_label=None)

    class Meta:
        model = Problem
        fields: list[str] = []

    def __init__(self, *args: Any, account: Account, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.filters["area"].queryset = _areas(account)
        units = Unit.objects.filter(whole_city(account.reads_area))
        self.filters["unit"].extra |= {"queryset": units, "find": find_units}
        find = partial(search_projects, account=account)
        self.filters["project"].extra |= {"queryset": visible_projects(account), "find": find}
        dress(self.form)

    def by_text(self, rows: QuerySet[Problem], _name: str, value: str) -> QuerySet[Problem]:
        """Search by full text, firm or number."""
        return queries.search(rows, value)

    def by_light(self, rows: QuerySet[Problem], _name: str, value: str) -> QuerySet[Problem]:
        """Problems with these lights, by the same rule as the clock."""
        return queries.by_light(rows, [Light(value)], self.today)

    def by_status(self, rows: QuerySet[Problem], _name: str, value: str) -> QuerySet[Problem]:
        """Problems whose assignment is in these states, or that have none yet."""
        return queries.by_status(rows, [value])

    def by_measure(self, rows: QuerySet[Problem], _name: str, value: str) -> QuerySet[Problem]:
        """The problems that one measure counts, in the period that came with it."""
        period = {name: self.form.cleaned_data.get(name) for name in ("first", "last")}
        return measures.narrow(rows, value, Scope(self.today, **period))

    def of_measure(self, rows: QuerySet[Problem], _name: str, _value: date) -> QuerySet[Problem]:
        """First and last day narrow nothing by themselves: they are the period of the measure."""
        return rows

    def by_area(self, rows: QuerySet[Problem], _name: str, value: Area) -> QuerySet[Problem]:
        """Problems in the area and the areas below it."""
        return rows.filter(within(value))

    def by_sort(self, rows: QuerySet[Problem], _name: str, value: str) -> QuerySet[Problem]:
        """Sort by one of the sort keys."""
        return queries.sort(rows, value)


def _areas(account: Account) -> QuerySet[Area]:
    areas: QuerySet[Area] = subtree(account.reads_area) if account.reads_area else Area.objects.none()
    return areas.exclude(level=AreaLevel.TOWNSHIP)
