"""The ledger of major projects as a workbook (重点项目台账), one row a project."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.engines.forecast.pace import points
from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.names import TellingNames
from gongjian.ledgers.sheet import ledger_sheet
from gongjian.projects.investment.queries import Figures, figures_of, sum_of, sums_before
from gongjian.projects.lights.queries import LIGHT_WORDS, light_of
from gongjian.projects.models import Project
from gongjian.projects.queries import names_firm, next_step
from gongjian.projects.states import Series


def project_columns() -> list[SheetColumn]:
    """The headings and widths of the columns, in their order."""
    heads = (
        (_("序号"), 6),
        (_("项目代码"), 28),
        (_("项目名称"), 30),
        (_("项目单位"), 26),
        (_("责任地区"), 12),
        (_("建设地点"), 12),
        (_("建设性质"), 10),
        (_("所属行业"), 14),
        (_("建设规模及内容"), 40),
        (_("起止年限"), 12),
        (_("总投资（万元）"), 14),
        (_("财政资金（万元）"), 14),
        (_("自有资金（万元）"), 14),
        (_("银行贷款（万元）"), 14),
        (_("其他资金（万元）"), 14),
        (_("本年计划投资（万元）"), 14),
        (_("截至上年底累计（调度数，万元）"), 14),
        (_("本月完成（调度数，万元）"), 14),
        (_("本年累计（调度数，万元）"), 14),
        (_("本年累计（统计数，万元）"), 14),
        (_("占年度计划（%）"), 10),
        (_("灯"), 8),
        (_("亮灯原因"), 40),
        (_("阶段"), 10),
        (_("下一阶段还缺"), 30),
        (_("签约日期"), 12),
        (_("立项（备案、核准）日期"), 12),
        (_("计划开工日期"), 12),
        (_("实际开工日期"), 12),
        (_("主体施工日期"), 12),
        (_("计划竣工日期"), 12),
        (_("实际竣工日期"), 12),
        (_("投产日期"), 12),
        (_("入统日期"), 12),
        (_("达效日期"), 12),
        (_("存在问题（未了结卡点）"), 40),
        (_("需协调事项（卡点由谁办）"), 30),
        (_("责任单位"), 20),
        (_("包联领导"), 10),
        (_("责任人"), 10),
        (_("三个一批批次"), 14),
        (_("攻坚战"), 16),
    )
    return [SheetColumn(str(head), width) for head, width in heads]


def project_workbook(rows: QuerySet[Project], *, words: str, as_of: datetime) -> bytes:
    """The ledger of these projects as an .xlsx file; an owner that the reader may not open has no name.

    `blockers` of each row are the unsettled problems in its way, where the query has fetched them.
    """
    return ledger_sheet(
        title=_("重点项目台账"),
        words=words,
        as_of=as_of,
        columns=project_columns(),
        rows=_rows(rows, today=timezone.localdate(as_of)),
    )


def _rows(rows: QuerySet[Project], *, today: date) -> Iterator[list[Any]]:
    names, listed = TellingNames(), list(rows)
    keys = [project.pk for project in listed]
    figures, earlier = figures_of(keys, today.year), sums_before(keys, today.year)
    for number, project in enumerate(listed, 1):
        step = next_step(project)
        yield [
            number,
            project.code,
            project.name,
            _owner(project),
            names.area(project.area),
            names.area(project.stat_area),
            project.get_kind_display(),
            project.industry,
            project.content,
            "-".join(str(year) for year in (project.first_year, project.last_year) if year),
            *_amounts(project),
            *_invested(project, figures.get(project.pk, {}), earlier.get(project.pk), today),
            project.get_stage_display(),
            _("、").join(step.missing) if step else "",
            *_days(project),
            *_blockers(project),
            names.unit(project.lead_unit),
            str(project.leader or ""),
            str(project.responsible_person or ""),
            project.batch,
            str(project.battle or ""),
        ]


def _blockers(project: Project) -> list[str]:
    """The wording of what is in the way, and at whose desk each is."""
    found = getattr(project, "blockers", [])
    desks = [str(one.assignment.lead_unit if one.assignment else _("待交办")) for one in found]
    return [_("；").join(texts) for texts in ([one.text for one in found], desks)]


def _invested(project: Project, figures: Figures, earlier: Decimal | None, today: date) -> list[Any]:
    """What was invested, the share of the year plan, the light and why."""
    reported, official = sum_of(figures, Series.REPORTED), sum_of(figures, Series.OFFICIAL)
    plan = project.year_plan
    share = points(reported / plan, 1) if plan and reported is not None else None
    month = figures.get((Series.REPORTED, today.month))
    amounts = ["" if one is None else one for one in (earlier, month, reported, official, share)]
    shown = light_of(project, figures, today=today).shown
    return [*amounts, str(LIGHT_WORDS[shown.light]) if shown else "", shown.why if shown else ""]


def _owner(project: Project) -> str:
    if project.enterprise and names_firm(project):
        return project.enterprise.name
    return project.owner_unit.name if project.owner_unit else ""


def _amounts(project: Project) -> list[Any]:
    amounts = (
        project.total_investment,
        project.fiscal_funds,
        project.own_funds,
        project.loans,
        project.other_funds,
        project.year_plan,
    )
    return ["" if amount is None else amount for amount in amounts]


def _days(project: Project) -> list[Any]:
    days = (
        project.signed_on,
        project.approved_on,
        project.start_planned_on,
        project.broke_ground_on,
        project.main_works_on,
        project.completion_planned_on,
        project.completed_on,
        project.in_production_on,
        project.in_statistics_on,
        project.at_capacity_on,
    )
    return [day or "" for day in days]
