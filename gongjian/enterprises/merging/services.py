"""Merging duplicate firms (合并): every relation to a firm is declared here with what happens to its rows.

A relation that is not declared stops the merge and fails a house test, so that no row is ever left behind.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account

# Fields the remaining firm takes from the duplicate where its own are blank.
FILLED = (
    "registered_area",
    "address",
    "industry_code",
    "industry",
    "chain",
    "above_designated_size",
    "founded_on",
    "makes",
    "buys",
    "credit_code",
)


@dataclass(frozen=True)
class Relation:
    """A foreign key to a firm, as `app.Model.field`.

    `once`: fields that are unique for one firm. If both firms have such a row, the one of the remaining firm stays and
    the duplicate's is deleted after its content is written into the event; rows that point to it (`into`) are moved to
    the remaining row, whose blank fields of `filled` are filled in.
    `sole`: a flag that only one row of a firm may have; the remaining firm's row keeps it.
    """

    path: str
    once: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    sole: str = ""


MERGES = (
    Relation("enterprises.EnterpriseAccount.enterprise"),
    Relation("enterprises.Contact.enterprise", once=("name", "title", "phone"), sole="is_main"),
    Relation("enterprises.Pairing.enterprise", once=("person", "kind", "until"), filled=("since",)),
    Relation("enterprises.Fact.enterprise", once=("key", "period_kind", "period", "source")),
    Relation("enterprises.FactDecision.enterprise", once=("key", "period_kind", "period")),
    Relation(
        "enterprises.Qualification.enterprise",
        once=("name", "batch", "valid_from", "valid_to"),
        filled=("source",),
    ),
    Relation("enterprises.Asking.enterprise"),
    Relation("enterprises.Enterprise.merged_into"),
    Relation(
        "visits.Stop.enterprise",
        once=("visit",),
        into=("visits.Note.stop",),
        filled=("result", "received_by"),
    ),
    Relation("problems.Problem.enterprise"),
    Relation("projects.Project.enterprise"),
    Relation("policies.Payout.enterprise", once=("version", "period")),
    Relation("policies.DatumRequest.enterprise"),
    Relation(
        "markets.Product.enterprise",
        once=("side", "name", "ended_on"),
        into=("markets.Introduction.need", "markets.Introduction.offer"),
        filled=("spec", "yearly"),
    ),
)
DECLARED = {relation.path: relation for relation in MERGES}


def relation_path(relation: Any) -> str:
    """`app.Model.field` of a reverse relation."""
    return f"{relation.related_model._meta.app_label}.{relation.related_model.__name__}.{relation.field.name}"


def undeclared_relations() -> list[str]:
    """The relations to a firm that MERGES does not declare."""
    return sorted(
        relation_path(r) for r in Enterprise._meta.related_objects if relation_path(r) not in DECLARED
    )


def move_rows(keep: Enterprise, duplicate: Enterprise) -> dict[str, list[Any]]:
    """Move every row of the duplicate; returns what was moved or deleted, by relation, for the event."""
    moved: dict[str, list[Any]] = {}
    for relation in Enterprise._meta.related_objects:
        rule = DECLARED[relation_path(relation)]
        rows = relation.related_model._default_manager.filter(**{relation.field.name: duplicate})
        for row in rows:
            moved.setdefault(rule.path, []).append(_move_row(row, rule, keep, relation.field.name))
    return moved


def _move_row(row: Model, rule: Relation, keep: Enterprise, field: str) -> Any:
    if rule.once:
        same = {name: getattr(row, name) for name in rule.once}
        twin = type(row)._default_manager.filter(**{field: keep}, **same).first()
        if twin is not None:
            return _drop_row(row, twin, rule)
    changed = [field]
    if rule.sole and type(row)._default_manager.filter(**{field: keep, rule.sole: True}).exists():
        setattr(row, rule.sole, False)
        changed.append(rule.sole)
    setattr(row, field, keep)
    row.save(update_fields=changed)
    return row.pk


def _drop_row(row: Model, twin: Model, rule: Relation) -> dict[str, str]:
    """Delete the duplicate's row after moving what points to it to `twin`; returns its content as text."""
    for relation in row._meta.related_objects:
        if relation_path(relation) in rule.into:
            _repoint(relation, row, twin)
    if filled := fill_blanks(twin, row, rule.filled):
        twin.save(update_fields=list(filled))
    content = {f.name: str(f.value_from_object(row)) for f in row._meta.concrete_fields}
    row.delete()
    return content


def _repoint(relation: Any, row: Model, twin: Model) -> None:
    """Make rows that point to `row` point to `twin`; raises Refused where `twin` already has the same."""
    name = relation.field.name
    rows = relation.related_model._default_manager.filter(**{name: row})
    try:
        with transaction.atomic():
            rows.update(**{name: twin})
    except IntegrityError as clash:
        what = relation.related_model._meta.verbose_name
        raise Refused(
            _("两家企业在“%(row)s”上有相同的%(what)s，不能自动合并。请先了结其中一项，再来合并。")
            % {"row": row, "what": what}
        ) from clash


def fill_blanks(keep: Model, duplicate: Model, names: tuple[str, ...]) -> dict[str, str]:
    """Fill blank fields of `keep` from `duplicate`; returns what was filled in, as text."""
    filled = {}
    for name in names:
        value = getattr(duplicate, name)
        if getattr(keep, name) in (None, "") and value not in (None, ""):
            setattr(keep, name, value)
            filled[name] = str(value)
    return filled


@transaction.atomic
def merge_firms(keep: Enterprise, *, duplicate: Enterprise, by: Account, at: datetime) -> Enterprise:
    """Merge a duplicate into `keep` (合并): all its rows move, and it stays only as a pointer to `keep`."""
    if keep.pk == duplicate.pk:
        raise Refused(_("不能与自己合并。请选另一家企业。"), field="duplicate")
    firms = Enterprise.objects.select_for_update(of=("self",)).select_related("area").order_by("pk")
    locked = {firm.pk: firm for firm in firms.filter(pk__in=[keep.pk, duplicate.pk])}
    keep, duplicate = locked[keep.pk], locked[duplicate.pk]
    perms.check_merge(by, keep.area)
    perms.check_merge(by, duplicate.area)
    if keep.merged_into_id or duplicate.merged_into_id:
        raise Refused(_("其中一家已经并入别的企业。请刷新页面。"))
    if undeclared_relations():
        raise RuntimeError(f"relations without a rule: {undeclared_relations()}")
    moved = move_rows(keep, duplicate)
    filled = fill_blanks(keep, duplicate, FILLED)
    event_data = {"name": duplicate.name, "duplicate": duplicate.pk, "credit_code": duplicate.credit_code}
    duplicate.merged_into, duplicate.credit_code = keep, None
    duplicate.save(update_fields=["merged_into", "credit_code"])
    keep.save(update_fields=list(filled))
    count = sum(len(rows) for rows in moved.values())
    record(
        EnterpriseEvent.MERGED,
        subject=keep,
        by=by,
        at=at,
        moved=count,
        rows=moved,
        filled=filled,
        **event_data,
    )
    record(EnterpriseEvent.MERGED_AWAY, subject=duplicate, by=by, at=at, name=keep.name, keeper=keep.pk)
    return keep
