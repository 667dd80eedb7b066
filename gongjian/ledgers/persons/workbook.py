"""The register of persons as a workbook (人员名册), in the columns that the import of persons reads: one row a post that is held."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.names import TellingNames
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.people.models import Person, Tenure

CHUNK = 500


def person_columns() -> list[SheetColumn]:
    """The headings and widths of the columns, in order; rows of one person have the same 人员编号."""
    heads = (
        (_("序号"), 6),
        (_("人员编号"), 10),
        (_("姓名"), 12),
        (_("单位"), 28),
        (_("职务"), 22),
        (_("电话"), 14),
        (_("一把手"), 8),
        (_("任职日期"), 12),
        (_("地区"), 14),
        (_("备注"), 20),
    )
    return [SheetColumn(str(head), width) for head, width in heads]


def person_workbook(
    rows: QuerySet[Person],
    *,
    words: str,
    as_of: datetime,
    today: date,
    telephones: Telephones = Telephones.HIDDEN,
) -> bytes:
    """These persons as an .xlsx file: posts in the order of their units, then those who hold none."""
    return ledger_sheet(
        title=_("人员名册"),
        words=words,
        as_of=as_of,
        columns=person_columns(),
        rows=_rows(rows, today, telephones),
        telephones=telephones,
    )


def _rows(rows: QuerySet[Person], today: date, telephones: Telephones) -> Iterator[list[Any]]:
    names, numbers = TellingNames(), dict[int, int]()
    running = Tenure.objects.filter(Q(until__isnull=True) | Q(until__gte=today))
    held = running.filter(person__in=rows.order_by()).select_related("person", "post__unit__area")
    order = ("post__unit__area__path", "post__unit__order", "post__unit__name", "-post__is_principal")
    ordered = held.order_by(*order, "post__title", "person__name", "person__phone", "pk")
    number = 0
    for number, tenure in enumerate(ordered.iterator(chunk_size=CHUNK), 1):
        person, post = tenure.person, tenure.post
        own = numbers.setdefault(person.pk, len(numbers) + 1)
        yield [
            *(number, own, person.name, post.unit.name, post.title),
            *(telephones.number(person.phone), _("是") if post.is_principal else _("否")),
            *(tenure.since or "", names.area(post.unit.area), person.note),
        ]
    without = rows.filter(~Exists(running.filter(person=OuterRef("pk")))).order_by("name", "phone", "note")
    for person in without.iterator(chunk_size=CHUNK):
        number, own = number + 1, numbers.setdefault(person.pk, len(numbers) + 1)
        phone = telephones.number(person.phone)
        yield [number, own, person.name, "", "", phone, "", "", "", person.note]
