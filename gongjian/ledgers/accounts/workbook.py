"""The list of accounts as a workbook (账号名册), in the columns that the import of accounts reads; passwords are not known to anybody."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.names import TellingNames
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.people.models import Account

CHUNK = 500


def account_columns() -> list[SheetColumn]:
    """The headings and widths of the columns, in order."""
    heads = (
        (_("序号"), 6),
        (_("姓名"), 14),
        (_("角色"), 18),
        (_("所在单位"), 28),
        (_("登录名"), 16),
        (_("可查看地区"), 14),
        (_("可录入地区"), 14),
        (_("电话"), 14),
        (_("企业名称"), 26),
        (_("启用"), 8),
    )
    return [SheetColumn(str(head), width) for head, width in heads]


def account_workbook(
    rows: QuerySet[Account], *, words: str, as_of: datetime, telephones: Telephones = Telephones.HIDDEN
) -> bytes:
    """These accounts as an .xlsx file, by sign-in name."""
    return ledger_sheet(
        title=_("账号名册"),
        words=words,
        as_of=as_of,
        columns=account_columns(),
        rows=_rows(rows, telephones),
        telephones=telephones,
    )


def _rows(rows: QuerySet[Account], telephones: Telephones) -> Iterator[list[Any]]:
    names = TellingNames()
    related = ("unit__area", "person", "reads_area", "writes_area", "speaks_for__enterprise")
    ordered = rows.select_related(*related).order_by("username")
    for number, account in enumerate(ordered.iterator(chunk_size=CHUNK), 1):
        link = getattr(account, "speaks_for", None)
        yield [
            *(number, account.name, account.get_role_display(), names.unit(account.unit), account.username),
            *(names.area(account.reads_area), names.area(account.writes_area)),
            telephones.number(account.person.phone) if account.person else "",
            link.enterprise.name if link else "",
            _("是") if account.is_active else _("否"),
        ]
