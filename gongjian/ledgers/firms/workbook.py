"""The register of firms as a workbook (企业名册), in the columns that the import of firms reads."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.engines.writing.phones import mask_phone_cell
from gongjian.enterprises.models import Contact, Enterprise, Pairing
from gongjian.enterprises.states import PairingKind
from gongjian.ledgers.sheet import ledger_sheet
from gongjian.people.queries import PlaceNames

CHUNK = 500
FIELDS = (
    "serial",
    "name",
    "code",
    "short_name",
    "county",
    "township",
    "address",
    "industry",
    "industry_code",
    "chain",
    "size",
    "founded_on",
    "status",
    "makes",
    "buys",
    "contact",
    "contact_title",
    "contact_phone",
    "leader",
    "officer",
)


def firm_columns() -> list[SheetColumn]:
    """The headings and widths of the columns, in the order of FIELDS."""
    heads = (
        (_("序号"), 6),
        (_("企业名称"), 30),
        (_("统一社会信用代码"), 22),
        (_("简称"), 14),
        (_("县（市、区）"), 12),
        (_("乡镇（街道）"), 12),
        (_("地址"), 30),
        (_("所属行业"), 14),
        (_("行业代码"), 10),
        (_("产业链"), 14),
        (_("规模"), 8),
        (_("成立日期"), 12),
        (_("经营状态"), 10),
        (_("主要产品"), 24),
        (_("主要采购"), 24),
        (_("联系人"), 10),
        (_("联系人职务"), 12),
        (_("联系电话"), 14),
        (_("包联领导"), 10),
        (_("首席服务官"), 10),
    )
    return [SheetColumn(str(head), width) for head, width in heads]


def firm_workbook(rows: QuerySet[Enterprise], *, words: str, as_of: datetime) -> bytes:
    """The register of these firms as an .xlsx file."""
    return ledger_sheet(
        title=_("企业名册"), words=words, as_of=as_of, columns=firm_columns(), rows=firm_rows(rows)
    )


def firm_rows(rows: QuerySet[Enterprise]) -> Iterator[list[Any]]:
    """One row a firm, in the order of FIELDS."""
    pairings = Pairing.objects.filter(until__isnull=True).select_related("person")
    related = rows.select_related("area").prefetch_related(
        Prefetch("contacts", Contact.objects.order_by("-is_main", "pk")), Prefetch("pairings", pairings)
    )
    places = PlaceNames()
    for number, firm in enumerate(related.iterator(chunk_size=CHUNK), 1):
        yield [number, *_cells(firm, places)]


def _cells(firm: Enterprise, places: PlaceNames) -> list[Any]:
    contact = next(iter(firm.contacts.all()), None)
    paired = {
        kind: _("、").join(p.person.name for p in firm.pairings.all() if p.kind == kind)
        for kind in PairingKind
    }
    return [
        firm.name,
        firm.credit_code or "",
        firm.short_name,
        *places.county_and_township(firm.area),
        firm.address,
        firm.industry,
        firm.industry_code,
        firm.chain,
        {True: _("规上"), False: _("规下"), None: ""}[firm.above_designated_size],
        firm.founded_on or "",
        firm.get_status_display(),
        firm.makes,
        firm.buys,
        contact.name if contact else "",
        contact.title if contact else "",
        mask_phone_cell(contact.phone) if contact else "",
        paired[PairingKind.LEADER],
        paired[PairingKind.OFFICER],
    ]
