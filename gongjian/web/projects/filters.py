"""Filters of the project ledger, kept in the page's address."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Case, F, Prefetch, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.campaigns.models import Battle
from gongjian.measures.measure import Scope
from gongjian.measures.queries import rows_of
from gongjian.people.folded_names import containing
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import find_units, spelt, subtree, whole_city, within
from gongjian.people.states import AreaLevel
from gongjian.problems.blockers.queries import number_of_each
from gongjian.projects.lights.queries import lights_shown
from gongjian.projects.models import Project
from gongjian.projects.queries import visible_to
from gongjian.projects.states import ProjectKind, Stage
from gongjian.web.forms import dress
from gongjian.web.pick_filter import PickFilter

LADDER = Case(*(When(stage=stage, then=Value(n)) for n, stage in enumerate(Stage)), default=Value(0))
SORTS: dict[str, tuple[Promise | str, tuple[Any, ...]]] = {
    "newest": (_("新登记的在前"), ("-recorded_at", "-pk")),
    "stage": (_("按阶段"), (LADDER, "pk")),
    "total": (_("总投资大的在前"), (F("total_investment").desc(nulls_last=True), "pk")),
    "blocked": (_("未了结卡点多的在前"), ("-waiting", "pk")),
    "area": (_("按地区"), ("area__path", "pk")),
}


class ProjectFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Filters of the project ledger."""

    at_hand = ("light", "area")

    q = django_filters.CharFilter(label=_("搜索"), method="by_text")
    stage = django_filters.ChoiceFilter(label=_("阶段"), choices=Stage.choices)
    light = django_filters.ChoiceFilter(
        label=_("灯"),
        choices=[("GREEN", _("绿灯")), ("YELLOW", _("黄灯")), ("RED", _("红灯")), ("UNKNOWN", _("数据不全"))],
        method="by_light",
    )
    area = django_filters.ModelChoiceFilter(label=_("地区"), queryset=Area.objects.none(), method="by_area")
    kind = django_filters.ChoiceFilter(label=_("建设性质"), choices=ProjectKind.choices)
    battle = django_filters.ModelChoiceFilter(label=_("攻坚战"), queryset=Battle.objects.all())
    blocked = django_filters.ChoiceFilter(
        label=_("未了结卡点"), choices=[("yes", _("有")), ("no", _("没有"))], method="by_blocked"
    )
    unit = PickFilter(label=_("责任单位"), source="unit-find", field_name="lead_unit")
    sort = django_filters.ChoiceFilter(
        label=_("排序"),
        choices=[(key, label) for key, (label, _by) in SORTS.items()],
        method="by_sort",
        empty_label=None,
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(
        self, *args: Any, account: Account, today: date, like: "ProjectFilter | None" = None, **kwargs: Any
    ) -> None:
        self.today, self.account = today, account
        self.lights: dict[int, str] | None = like.lights if like else None  # read once for a page
        self.unsettled = rows_of("unsettled", Scope(today, account=account))
        rows = visible_to(account).annotate(waiting=number_of_each(self.unsettled))
        super().__init__(*args, queryset=rows, **kwargs)
        areas = subtree(account.reads_area) if account.reads_area else Area.objects.none()
        self.filters["area"].queryset = areas.exclude(level=AreaLevel.TOWNSHIP)
        units = Unit.objects.filter(whole_city(account.reads_area))
        self.filters["unit"].extra |= {"queryset": units, "find": find_units}
        dress(self.form)

    def without(self, name: str) -> "ProjectFilter":
        """The same filter but for one field."""
        data = self.data.copy()
        data.pop(name, None)
        return ProjectFilter(data, account=self.account, today=self.today, like=self)

    def by_text(self, rows: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        """Search by name, code, or the owner: a firm that the reader may open, or a unit."""
        text = value.replace("\0", "").strip()
        firm = Q(firm_seen=True) & (containing(text, "enterprise") | spelt(text, "enterprise"))
        unit = Q(owner_unit__name__icontains=text)
        return rows.filter(Q(name__icontains=text) | Q(code__icontains=text) | firm | unit)

    def by_area(self, rows: QuerySet[Project], _name: str, value: Area) -> QuerySet[Project]:
        """Projects that the area, or one below it, answers for."""
        return rows.filter(within(value))

    def by_light(self, rows: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        """Projects that show this light today: all lights are read, since none is stored."""
        if self.lights is None:
            self.lights = lights_shown(visible_to(self.account), today=self.today)
        return rows.filter(pk__in=[key for key, light in self.lights.items() if light == value])

    def by_blocked(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Projects with, or without, problems not yet settled in their way."""
        return rows.filter(waiting__gt=0) if value == "yes" else rows.filter(waiting=0)

    def with_blockers(self) -> QuerySet[Project]:
        """The chosen rows, each with the unsettled problems in its way that the reader may open (`blockers`)."""
        problems = self.unsettled.select_related("assignment__lead_unit").order_by("recorded_at", "pk")
        rows: QuerySet[Project] = self.qs.prefetch_related(Prefetch("problems", problems, to_attr="blockers"))
        return rows

    def by_sort(self, rows: QuerySet[Project], _name: str, value: str) -> QuerySet[Project]:
        """Sort by one of the sort keys."""
        return rows.order_by(*SORTS[value][1])
