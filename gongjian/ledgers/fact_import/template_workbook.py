"""A workbook in which facts of firms are filled in (数据填报表), with drop-downs, the firms and what is already known."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.audit.wording import words
from gongjian.enterprises.facts.catalogue import DATE, FLAG, NUMBER, FactKey, catalogue
from gongjian.enterprises.facts.wording import period_in_words, value_in_words
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.enterprises.states import PeriodKind
from gongjian.ledgers.vocabulary import YES_OR_NO

FIXED = 3  # columns before the facts: code, name, county
HEAD = 2  # rows of the head
Period = tuple[str, date]


@dataclass(frozen=True)
class FactColumn:
    """One column to fill in: a fact in a period."""

    entry: FactKey
    period: Period


def periods(kind: PeriodKind | str, *, last: date, number: int) -> list[Period]:
    """`number` periods of a kind up to the one that contains `last`, oldest first."""
    length = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}.get(PeriodKind(kind))
    if length is None:
        return [(kind, last)]
    first = (last.year * 12 + last.month - 1) // length * length
    months = [first - back * length for back in range(number - 1, -1, -1)]
    return [(kind, date(m // 12, m % 12 + 1, 1)) for m in months]


def fact_columns(keys: Sequence[str], *, kind: PeriodKind | str, last: date, number: int) -> list[FactColumn]:
    """The columns for each fact and period; a fact without that kind of period gets one column for its own kind."""
    columns = []
    for key in keys:
        entry = catalogue()[key]
        fits = kind in entry.period_kinds
        column_periods = periods(kind, last=last, number=number) if fits else [_closest_period(entry, last)]
        columns += [FactColumn(entry, period) for period in column_periods]
    return columns


def _closest_period(entry: FactKey, last: date) -> Period:
    kind = entry.period_kinds[-1] if PeriodKind.DAY not in entry.period_kinds else PeriodKind.DAY
    if kind == PeriodKind.YEAR:  # the last year that is over
        return kind, date(last.year - 1, 1, 1)
    return periods(kind, last=last, number=1)[0]


def template_workbook(rows: QuerySet[Enterprise], *, columns: Sequence[FactColumn], source: str) -> bytes:
    """The workbook as .xlsx. Values from `source` are filled in; those of other sources are only given in comments."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    styles = {
        "head": book.add_format(
            {
                "bold": True,
                "bg_color": "#e8edf3",
                "border": 1,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            }
        ),
        "fixed": book.add_format({"bg_color": "#f4f6f8", "border": 1, "border_color": "#c8d0d8"}),
        "cell": book.add_format({"border": 1, "border_color": "#c8d0d8"}),
        "note": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    page = book.add_worksheet(_("数据填报")[:31])
    firms = list(rows.order_by("area__path", "pk").values_list("pk", "credit_code", "name", "area__name"))
    _write_head(page, columns, styles)
    _write_body(page, firms, columns=columns, source=source, styles=styles)
    _write_limits(page, columns, len(firms))
    _write_explanation(book.add_worksheet(_("填报说明")[:31]), styles, columns)
    book.close()
    return out.getvalue()


def _write_head(page: Any, columns: Sequence[FactColumn], styles: dict[str, Any]) -> None:
    for n, (head, width) in enumerate(
        ((_("统一社会信用代码"), 21), (_("企业名称"), 32), (_("县（市、区）"), 14))
    ):
        page.merge_range(0, n, 1, n, head, styles["head"])
        page.set_column(n, n, width)
    start = 0
    for n, column in enumerate(columns):
        if n + 1 == len(columns) or columns[n + 1].entry != column.entry:
            first, last = FIXED + start, FIXED + n
            if first == last:
                page.write_string(0, first, column.entry.label, styles["head"])
            else:
                page.merge_range(0, first, 0, last, column.entry.label, styles["head"])
            start = n + 1
        page.write_string(1, FIXED + n, period_in_words(column.period[1], column.period[0]), styles["head"])
    page.set_column(FIXED, FIXED + max(len(columns) - 1, 0), 12)
    page.freeze_panes(HEAD, FIXED - 1)


def _write_body(
    page: Any,
    firms: list[tuple[Any, ...]],
    *,
    columns: Sequence[FactColumn],
    source: str,
    styles: dict[str, Any],
) -> None:
    own, others = _known_values([firm[0] for firm in firms], columns, source)
    for n, (pk, *shown) in enumerate(firms, HEAD):
        for c, text in enumerate(shown):
            page.write_string(n, c, text or "", styles["fixed"])
        for c, column in enumerate(columns, FIXED):
            place = (pk, column.entry.key, *column.period)
            value = own.get(place)
            if isinstance(value, str):
                page.write_string(n, c, value, styles["cell"])
            elif value is not None:
                page.write_number(n, c, float(value), styles["cell"])
            else:
                page.write_blank(n, c, None, styles["cell"])
            if value is None and place in others:
                page.write_comment(n, c, others[place])


def _known_values(
    pks: list[int], columns: Sequence[FactColumn], source: str
) -> tuple[dict[tuple[Any, ...], Any], dict[tuple[Any, ...], str]]:
    """The values from `source` by cell, and for other cells those of other sources in words (2000 comments at most)."""
    rows = Fact.objects.filter(
        key__in={a.entry.key for a in columns}, period__in={a.period[1] for a in columns}
    ).order_by()
    own: dict[tuple[Any, ...], Any] = {}
    others: dict[tuple[Any, ...], str] = {}
    wanted = set(pks)
    for firm, key, kind, period, value, text, fact_source in rows.values_list(
        "enterprise_id", "key", "period_kind", "period", "value", "text", "source"
    ):
        if firm not in wanted:
            continue
        place = (firm, key, kind, period)
        if fact_source == source:
            flag = catalogue()[key].kind == FLAG if key in catalogue() else False
            own[place] = value_in_words(key, value) if flag else text or value
        elif len(others) < 2000:  # noqa: PLR2004  notes slow a workbook down
            others[place] = f"{words(fact_source)}{_('：')}{value_in_words(key, value, text)}"
    return own, others


def _write_limits(page: Any, columns: Sequence[FactColumn], number: int) -> None:
    """Add drop-downs and limits, with a message shown while a cell is selected."""
    last = HEAD + max(number, 50) - 1
    for c, column in enumerate(columns, FIXED):
        entry = column.entry
        rule: dict[str, Any] = {
            "input_title": entry.label[:32],
            "input_message": _hint(entry)[:255],
            "ignore_blank": True,
        }
        if entry.kind == FLAG:
            rule |= {"validate": "list", "source": list(YES_OR_NO)}
        elif entry.choices:
            rule |= {"validate": "list", "source": list(entry.choices)}
        elif entry.kind == DATE:
            rule |= {"validate": "date", "criteria": ">", "value": date(1900, 1, 1)}
        elif entry.kind == NUMBER and not entry.negative:
            rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
        else:
            rule |= {"validate": "any"}
        page.data_validation(HEAD, c, last, c, rule)


def _hint(entry: FactKey) -> str:
    unit = _("单位：%(unit)s。") % {"unit": words(entry.unit)} if entry.unit else ""
    return unit + (entry.note + "。" if entry.note else "") + _("不知道就空着，不要填 0。")


def _write_explanation(page: Any, styles: dict[str, Any], columns: Sequence[FactColumn]) -> None:
    page.set_column(0, 0, 90)
    lines = [
        _("1. 每家企业一行，按统一社会信用代码认企业，没有代码的按名称。"),
        _("2. 不知道的空着，不要填 0：空着是未知，0 是确实没有。"),
        _("3. 可以删行、删列、加列，表头的指标和期别不要改名。"),
        _("4. 灰色批注是别的来源已经报过的数，供核对，不用照抄。"),
        _("5. 填好后在“企业数据导入”里上传，系统先给您看，确认后才写入，可以整批撤销。"),
        *(f"{entry.label}：{_hint(entry)}" for entry in dict.fromkeys(column.entry for column in columns)),
    ]
    for n, line in enumerate(lines):
        page.write_string(n, 0, line, styles["note"])
