"""The firms of a month with their figures and those of a year before (企业月报汇总)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.enterprises.facts.catalogue import catalogue
from gongjian.enterprises.facts.wording import period_in_words
from gongjian.enterprises.monthly_returns.queries import sector_names
from gongjian.enterprises.monthly_returns.rules import FirmMonth, sector_table
from gongjian.enterprises.monthly_returns.vocabulary import KEYS
from gongjian.enterprises.states import PeriodKind
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.people.queries import PlaceNames


def firm_month_workbook(firms: Sequence[FirmMonth], *, month: date, words: str, as_of: datetime) -> bytes:
    """One row a firm as an .xlsx file; a figure nobody has given is blank, never 0."""
    when = period_in_words(month, PeriodKind.MONTH)
    names, sectors = PlaceNames(), sector_names(sector_table())
    heads: list[tuple[Any, int]] = [
        (_("序号"), 6),
        (_("企业名称"), 30),
        (_("县（市、区）"), 12),
        (_("行业"), 12),
    ]
    for key in KEYS:
        label = catalogue()[key].label
        heads += [(label, 14), (_("上年同月%(figure)s") % {"figure": label}, 14)]

    def row(number: int, firm: FirmMonth) -> list[Any]:
        values = [firm_values.get(key) for key in KEYS for firm_values in (firm.now, firm.before)]
        shown = ["" if value is None else value for value in values]
        return [number, firm.name, names.county_and_township(firm.area)[0], sectors[firm.sector], *shown]

    return ledger_sheet(
        title=_("企业月报汇总"),
        words=" · ".join(filter(None, (when, words))),
        as_of=as_of,
        columns=[SheetColumn(str(head), width) for head, width in heads],
        rows=(row(number, firm) for number, firm in enumerate(firms, 1)),
        telephones=Telephones.HIDDEN,
    )
