"""A filled-in example (示例表) of a report as it can be imported unchanged: two rows of headings, units, a total."""

import io
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongjian.audit.wording import in_chinese, words
from gongjian.enterprises.facts.wording import period_in_words
from gongjian.enterprises.states import PeriodKind
from gongjian.ledgers.fact_import.template_workbook import periods
from gongjian.ledgers.vocabulary import SAMPLE_HEADS, SAMPLE_KEYS, UNITS_IN_ENGLISH

FIRST = 2  # rows of headings
Firm = tuple[str, str | None]


def _head(key: str) -> str:
    """The head of a fact with its unit; English has no 万 and says ten thousand."""
    head = SAMPLE_HEADS[key]
    if in_chinese():
        return head
    return f"{words(key)} ({UNITS_IN_ENGLISH[head[head.index('（') + 1 : -1]]})"


def example_workbook(firms: Sequence[Firm], *, last: date, wrong: Sequence[Firm] = ()) -> bytes:
    """Orders and stock of firms (name, credit code) for two months up to `last`; rows of `wrong` firms will be refused."""
    import xlsxwriter

    months = [period_in_words(first, kind) for kind, first in periods(PeriodKind.MONTH, last=last, number=2)]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page, bold = (
        book.add_worksheet(_("示例")[:31]),
        book.add_format({"bold": True, "align": "center", "border": 1}),
    )
    for n, (head, width) in enumerate(((_("企业名称"), 34), (_("统一社会信用代码"), 22))):
        page.merge_range(0, n, 1, n, head, bold)
        page.set_column(n, n, width)
    for n, key in enumerate(SAMPLE_KEYS):
        first_column = FIRST + n * len(months)
        page.merge_range(0, first_column, 0, first_column + len(months) - 1, _head(key), bold)
        page.write_row(1, first_column, months, bold)
    rows = [*firms, *wrong]
    for n, (name, code) in enumerate(rows):
        orders, stock = 180 + 37 * (n % 23), round(0.02 + 0.003 * (n % 17), 3)
        values = [orders, orders + 12, stock, _("待报") if name in dict(wrong) else stock]
        page.write_row(FIRST + n, 0, [name, code or "", *values])
    page.write(FIRST + len(rows), 0, _("合计"))
    book.close()
    return out.getvalue()
