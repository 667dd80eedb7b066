"""The register of firms as a workbook (企业名册), in the columns that the import of firms reads."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.enterprises.models import Contact, Enterprise, Pairing
from gongjian.enterprises.states import PairingKind
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.people.queries import PlaceNames

CHUNK = 500
NOBODY: tuple[Contact | None, tuple[date | None, list[Pairing]]] = (None, (None, []))
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


def firm_workbook(
    rows: QuerySet[Enterprise], *, words: str, as_of: datetime, telephones: Telephones = Telephones.HIDDEN
) -> bytes:
    """The register of these firms as an .xlsx file: a further contact, or a pairing of another day, has a row more."""
    return ledger_sheet(
        title=_("企业名册"),
        words=words,
        as_of=as_of,
        columns=[*firm_columns(), SheetColumn(str(_("包联日期")), 12)],
        rows=_rows_with_all(rows, telephones),
        telephones=telephones,
    )


def _with_related(rows: QuerySet[Enterprise]) -> Iterator[Enterprise]:
    pairings = Pairing.objects.filter(until__isnull=True).select_related("person").order_by("kind", "pk")
    related = rows.select_related("area").prefetch_related(
        Prefetch("contacts", Contact.objects.order_by("-is_main", "pk")), Prefetch("pairings", pairings)
    )
    return related.iterator(chunk_size=CHUNK)


def firm_rows(rows: QuerySet[Enterprise]) -> Iterator[list[Any]]:
    """One row a firm, in the order of FIELDS: its main contact, and all who are paired with it."""
    places = PlaceNames()
    for number, firm in enumerate(_with_related(rows), 1):
        contact = next(iter(firm.contacts.all()), None)
        own = [*_own_cells(firm, places), *_contact_cells(contact, Telephones.HIDDEN)]
        yield [number, *own, *_paired(firm.pairings.all())]


def _rows_with_all(rows: QuerySet[Enterprise], telephones: Telephones) -> Iterator[list[Any]]:
    places = PlaceNames()
    for number, firm in enumerate(_with_related(rows), 1):
        by_day: dict[date | None, list[Pairing]] = {}
        for pairing in firm.pairings.all():
            by_day.setdefault(pairing.since, []).append(pairing)
        own = _own_cells(firm, places)
        only_named = [*own[:2], *[""] * (len(own) - 2)]
        parts = itertools.zip_longest(firm.contacts.all(), by_day.items())
        for n, (contact, (since, pairings)) in enumerate(
            [(c, p or (None, [])) for c, p in parts] or [NOBODY]
        ):
            paired = [*_paired(pairings), since or ""]
            yield [number, *(only_named if n else own), *_contact_cells(contact, telephones), *paired]


def _paired(pairings: Iterable[Pairing]) -> list[str]:
    """The leaders, and the service officers."""
    listed = list(pairings)
    return [
        _("、").join(p.person.name for p in listed if p.kind == kind)
        for kind in (PairingKind.LEADER, PairingKind.OFFICER)
    ]


def _contact_cells(contact: Contact | None, telephones: Telephones) -> list[str]:
    return [contact.name, contact.title, telephones.number(contact.phone)] if contact else ["", "", ""]


def _own_cells(firm: Enterprise, places: PlaceNames) -> list[Any]:
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
    ]
