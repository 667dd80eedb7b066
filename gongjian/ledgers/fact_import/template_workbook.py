"""A workbook for facts of firms to fill in (数据填报表): keys from the catalogue, drop-downs, firms and what is known."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.enterprises.facts.catalogue import DATE, FLAG, NUMBER, FactKey, catalogue
from gongjian.enterprises.facts.wording import period_in_words, value_in_words
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.enterprises.states import PeriodKind
from gongjian.ledgers.vocabulary import YES_OR_NO

FIXED = 3  # columns before the facts: code, name, county
HEAD = 2  # rows of the head
Period = tuple[str, date]


@dataclass(frozen=True)
class Asked:
    """One column: a fact in a period."""

    entry: FactKey
    period: Period


def periods(kind: PeriodKind | str, *, last: date, number: int) -> list[Period]:
    """So many periods of a kind up to the one that holds `last`, oldest first."""
    length = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}.get(PeriodKind(kind))
    if length is None:
        return [(kind, last)]
    first = (last.year * 12 + last.month - 1) // length * length
    months = [first - back * length for back in range(number - 1, -1, -1)]
    return [(kind, date(m // 12, m % 12 + 1, 1)) for m in months]


def columns(keys: Sequence[str], *, kind: PeriodKind | str, last: date, number: int) -> list[Asked]:
    """Every fact over its periods; a fact that knows no such period is asked as of the day."""
    asked = []
    for key in keys:
        entry = catalogue()[key]
        fits = kind in entry.period_kinds
        own = periods(kind, last=last, number=number) if fits else [_nearest(entry, last)]
        asked += [Asked(entry, period) for period in own]
    return asked


def _nearest(entry: FactKey, last: date) -> Period:
    kind = entry.period_kinds[-1] if PeriodKind.DAY not in entry.period_kinds else PeriodKind.DAY
    if kind == PeriodKind.YEAR:  # the last year that is over
        return kind, date(last.year - 1, 1, 1)
    return periods(kind, last=last, number=1)[0]


def template(rows: QuerySet[Enterprise], *, asked: Sequence[Asked], source: str) -> bytes:
    """The workbook. Values this source has given stand in it; what other sources say is only told in a note."""
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
    _head(page, asked, styles)
    _body(page, firms, asked=asked, source=source, styles=styles)
    _rules(page, asked, len(firms))
    _explain(book.add_worksheet(_("填报说明")[:31]), styles, asked)
    book.close()
    return out.getvalue()


def _head(page: Any, asked: Sequence[Asked], styles: dict[str, Any]) -> None:
    for n, (head, width) in enumerate(
        ((_("统一社会信用代码"), 21), (_("企业名称"), 32), (_("县（市、区）"), 14))
    ):
        page.merge_range(0, n, 1, n, head, styles["head"])
        page.set_column(n, n, width)
    start = 0
    for n, one in enumerate(asked):
        if n + 1 == len(asked) or asked[n + 1].entry != one.entry:
            left, right = FIXED + start, FIXED + n
            if left == right:
                page.write_string(0, left, one.entry.label, styles["head"])
            else:
                page.merge_range(0, left, 0, right, one.entry.label, styles["head"])
            start = n + 1
        page.write_string(1, FIXED + n, period_in_words(one.period[1], one.period[0]), styles["head"])
    page.set_column(FIXED, FIXED + max(len(asked) - 1, 0), 12)
    page.freeze_panes(HEAD, FIXED - 1)


def _body(
    page: Any,
    firms: list[tuple[Any, ...]],
    *,
    asked: Sequence[Asked],
    source: str,
    styles: dict[str, Any],
) -> None:
    own, others = _known([firm[0] for firm in firms], asked, source)
    for n, (pk, *shown) in enumerate(firms, HEAD):
        for c, text in enumerate(shown):
            page.write_string(n, c, text or "", styles["fixed"])
        for c, one in enumerate(asked, FIXED):
            place = (pk, one.entry.key, *one.period)
            value = own.get(place)
            if isinstance(value, str):
                page.write_string(n, c, value, styles["cell"])
            elif value is not None:
                page.write_number(n, c, float(value), styles["cell"])
            else:
                page.write_blank(n, c, None, styles["cell"])
            if value is None and place in others:
                page.write_comment(n, c, others[place])


def _known(
    pks: list[int], asked: Sequence[Asked], source: str
) -> tuple[dict[tuple[Any, ...], Any], dict[tuple[Any, ...], str]]:
    """What this source has given; and in words what others have (some two thousand notes at most)."""
    rows = Fact.objects.filter(
        key__in={a.entry.key for a in asked}, period__in={a.period[1] for a in asked}
    ).order_by()
    own: dict[tuple[Any, ...], Any] = {}
    others: dict[tuple[Any, ...], str] = {}
    wanted = set(pks)
    for firm, key, kind, period, value, text, given in rows.values_list(
        "enterprise_id", "key", "period_kind", "period", "value", "text", "source"
    ):
        if firm not in wanted:
            continue
        place = (firm, key, kind, period)
        if given == source:
            flag = catalogue()[key].kind == FLAG if key in catalogue() else False
            own[place] = value_in_words(key, value) if flag else text or value
        elif len(others) < 2000:  # noqa: PLR2004  notes slow a workbook down
            others[place] = f"{given}：{value_in_words(key, value, text)}"
    return own, others


def _rules(page: Any, asked: Sequence[Asked], number: int) -> None:
    """Drop-downs and limits, with a message while the cell is chosen."""
    last = HEAD + max(number, 50) - 1
    for c, one in enumerate(asked, FIXED):
        entry = one.entry
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
    unit = _("单位：%(unit)s。") % {"unit": entry.unit} if entry.unit else ""
    return unit + (entry.note + "。" if entry.note else "") + _("不知道就空着，不要填 0。")


def _explain(page: Any, styles: dict[str, Any], asked: Sequence[Asked]) -> None:
    page.set_column(0, 0, 90)
    lines = [
        _("1. 每家企业一行，按统一社会信用代码认企业，没有代码的按名称。"),
        _("2. 不知道的空着，不要填 0：空着是未知，0 是确实没有。"),
        _("3. 可以删行、删列、加列，表头的指标和期别不要改名。"),
        _("4. 灰色批注是别的来源已经报过的数，供核对，不用照抄。"),
        _("5. 填好后在“企业数据导入”里上传，系统先给您看，确认后才写入，可以整批撤销。"),
        *(f"{entry.label}：{_hint(entry)}" for entry in dict.fromkeys(one.entry for one in asked)),
    ]
    for n, line in enumerate(lines):
        page.write_string(n, 0, line, styles["note"])
