"""The form of a project: what it is, funds, who answers for it, the days that are its evidence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.campaigns.models import Battle
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.enterprises.queries import search_firms, visible_to
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.people.queries import find_persons, find_units, whole_city, within
from gongjian.projects.models import Project
from gongjian.projects.queries import facts_of, names_firm, wanted_next
from gongjian.projects.states import ProjectKind
from gongjian.web.editing.forms import EditForm
from gongjian.web.forms import DateField, Pick, TextArea

FIRST_YEAR, LAST_YEAR = 1990, 2100
PARTS: tuple[tuple[Promise | str, tuple[str, ...]], ...] = (
    (
        _("基本情况"),
        (
            *("name", "code", "kind", "area", "stat_area", "enterprise", "owner_unit", "industry"),
            *("first_year", "last_year", "batch", "battle"),
        ),
    ),
    (
        _("投资和资金（万元）"),
        ("total_investment", "year_plan", "fiscal_funds", "own_funds", "loans", "other_funds"),
    ),
    (_("责任"), ("lead_unit", "leader", "responsible_person")),
    (
        _("各阶段的日期"),
        (
            *("signed_on", "approved_on", "start_planned_on", "broke_ground_on", "main_works_on"),
            *("completion_planned_on", "completed_on", "in_production_on", "in_statistics_on"),
            "at_capacity_on",
        ),
    ),
)
ABOVE = {
    "owner": ("enterprise", "owner_unit"),
    "funds": ("fiscal_funds", "own_funds", "loans", "other_funds"),
}


PICKS = ("enterprise", "owner_unit", "lead_unit", "leader", "responsible_person")
Labels = Callable[[list[str]], list[tuple[str, str]]]


def _labels(record: Any, ask: Labels, keys: list[str]) -> list[tuple[str, str]]:
    """Key and name of the chosen record, asked for only where it is another one."""
    return [(str(record.pk), str(record))] if keys == [str(record.pk)] else ask(keys)


@dataclass(frozen=True)
class FormPart:
    """One part of the form as it is drawn; folded unless something in it is wanted."""

    title: Promise | str
    fields: list[Any]
    open: bool


# Fields of one shape; blank is unknown. Amounts are in 10,000 yuan.
money = partial(forms.DecimalField, max_digits=14, decimal_places=2, min_value=0, required=False)
year = partial(forms.IntegerField, min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
done = partial(DateField, meaning=DayMeaning.DONE, required=False)
planned = partial(DateField, meaning=DayMeaning.DUE, required=False)


class ProjectForm(EditForm):
    """All that is written of a project; its stage follows from it."""

    name = forms.CharField(label=_("项目名称"), max_length=120)
    code = forms.CharField(label=_("项目代码"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("建设性质"), choices=ProjectKind.choices, initial=ProjectKind.NEW)
    area = forms.ModelChoiceField(label=_("责任地区"), queryset=Area.objects.none())
    stat_area = forms.ModelChoiceField(
        label=_("建设地点（统计区划）"), queryset=Area.objects.none(), required=False
    )
    enterprise = Pick(label=_("项目单位（企业）"), source="enterprise-find", required=False)
    owner_unit = Pick(label=_("项目单位（机关事业单位）"), source="unit-find", required=False)
    industry = forms.CharField(label=_("所属行业"), max_length=60, required=False)
    first_year = year(label=_("开始年份"))
    last_year = year(label=_("结束年份"))
    batch = forms.CharField(label=_("三个一批批次"), max_length=40, required=False)
    battle = forms.ModelChoiceField(label=_("攻坚战"), queryset=Battle.objects.all(), required=False)
    content = TextArea(label=_("建设规模及内容"), rows=3, required=False)
    total_investment = money(label=_("总投资（万元）"))
    year_plan = money(label=_("本年计划投资（万元）"))
    fiscal_funds = money(label=_("财政资金（万元）"))
    own_funds = money(label=_("自有资金（万元）"))
    loans = money(label=_("银行贷款（万元）"))
    other_funds = money(label=_("其他资金（万元）"))
    lead_unit = Pick(label=_("责任单位"), source="unit-find", required=False)
    leader = Pick(label=_("包联领导"), source="person-find", required=False)
    responsible_person = Pick(label=_("责任人"), source="person-find", required=False)
    signed_on = done(label=_("签约日期"))
    approved_on = done(label=_("立项（备案、核准）日期"))
    start_planned_on = planned(label=_("计划开工日期"))
    broke_ground_on = done(label=_("实际开工日期"))
    main_works_on = done(label=_("主体施工日期"))
    completion_planned_on = planned(label=_("计划竣工日期"))
    completed_on = done(label=_("实际竣工日期"))
    in_production_on = done(label=_("投产日期"))
    in_statistics_on = done(label=_("入统日期"))
    at_capacity_on = done(label=_("达效日期"))

    def __init__(
        self,
        *args: Any,
        account: Account,
        project: Project | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        wanted = wanted_next(facts_of(project)) if project else ()
        self.wanted = {part for name in wanted for part in ABOVE.get(name, (name,))}
        own = account.writes_area
        for name, reach in (("area", within(own, "")), ("stat_area", whole_city(own, ""))):
            areas: Any = self.fields[name]
            areas.queryset = Area.objects.filter(reach)
            areas.label_from_instance = lambda area: "\u2003" * (area.depth - 1) + area.name
        self._limit("enterprise", visible_to(account), partial(search_firms, account=account))
        units = Unit.objects.filter(whole_city(account.reads_area), disabled_on__isnull=True)
        for name in ("owner_unit", "lead_unit"):
            self._limit(name, units, find_units)
        for name in ("leader", "responsible_person"):
            self._limit(name, Person.objects.all(), find_persons)
        if project is not None:
            self._draw_records_of(project)

    def _draw_records_of(self, project: Project) -> None:
        """Draw the names of what the project holds without asking for them again; a firm the account may not open stays as it is."""
        if project.enterprise_id and not names_firm(project):
            del self.fields["enterprise"]
        for name in PICKS:
            if (record := getattr(project, name)) and name in self.fields:
                field: Any = self.fields[name]
                field.widget.labels = partial(_labels, record, field.labels)

    def _limit(self, name: str, rows: Any, find: Any) -> None:
        field: Any = self.fields[name]
        field.queryset, field.find = rows, find

    @property
    def parts(self) -> Iterator[FormPart]:
        """The form in its parts; the first stands open, and each in which something is wrong or wanted next."""
        for number, (title, names) in enumerate(PARTS):
            fields = [self[name] for name in names if name in self.fields]
            wanted = any(field.errors or field.name in self.wanted for field in fields)
            yield FormPart(title, fields, number == 0 or wanted)
