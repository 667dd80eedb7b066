"""The ledger as it stood on two days, side by side, as a workbook (台账回看)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit.wording import day_in_words, short_span_in_words
from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.sheet import ledger_sheet
from gongjian.people.queries import PlaceNames
from gongjian.problems.ledger_on_a_day import queries as ledger_on_a_day
from gongjian.problems.models import Problem


def ledger_on_two_days_workbook(
    rows: QuerySet[Problem], *, first: date, last: date, words: dict[str, str], as_of: datetime
) -> bytes:
    """Every problem recorded by the later day, its state on both days and whether that changed, as .xlsx."""
    before, after = ledger_on_a_day.problems_on(rows, first), ledger_on_a_day.problems_on(rows, last)
    heads: list[tuple[str, int]] = [
        (_("序号"), 6),
        (_("问题编号"), 15),
        (_("县（市、区）"), 12),
        (_("乡镇（街道）"), 12),
        (_("企业名称"), 26),
        (_("问题类别"), 10),
        (_("问题描述"), 40),
        (_("收集时间"), 12),
    ]
    for shown in short_span_in_words(first, last, today=timezone.localdate(as_of)):
        heads += [
            (f"{shown} {head}", width)
            for head, width in ((_("状态"), 12), (_("灯"), 8), (_("牵头单位"), 18), (_("办理时限"), 12))
        ]
    heads.append((_("有变化"), 8))
    columns = [SheetColumn(head, width) for head, width in heads]
    days_in_words = _("%(first)s 与 %(last)s 结束时") % {
        "first": day_in_words(first),
        "last": day_in_words(last),
    }
    lines = _rows(rows, before, after, words)
    return ledger_sheet(title=_("台账回看"), words=days_in_words, as_of=as_of, columns=columns, rows=lines)


def _rows(
    rows: QuerySet[Problem],
    before: dict[int, ledger_on_a_day.ProblemOnDay],
    after: dict[int, ledger_on_a_day.ProblemOnDay],
    words: dict[str, str],
) -> Iterator[list[Any]]:
    units = ledger_on_a_day.unit_names([*before.values(), *after.values()])
    related = rows.filter(pk__in=list(after)).select_related("enterprise", "area").order_by("pk")
    places = PlaceNames()
    for number, problem in enumerate(related, 1):
        then, now = before.get(problem.pk), after[problem.pk]
        yield [
            number,
            problem.number,
            *places.county_and_township(problem.area),
            problem.enterprise.name,
            problem.get_category_display(),
            problem.text,
            timezone.localdate(problem.recorded_at),
            *_cells(then, words, units),
            *_cells(now, words, units),
            _("是") if then != now else "",
        ]


def _cells(
    standing: ledger_on_a_day.ProblemOnDay | None, words: dict[str, str], units: dict[int, str]
) -> list[Any]:
    if standing is None:
        return [_("还没有记录"), "", "", ""]
    light = str(standing.light.label) if standing.light else ""
    return [words[standing.state], light, units.get(standing.unit or 0, ""), standing.due_on or ""]
