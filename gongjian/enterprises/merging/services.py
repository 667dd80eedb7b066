"""Merging duplicates: the declared list of everything that points to a firm, and what happens to it.

A relation that is not declared makes the merge refuse, and a house test fail, so that nothing is ever left behind.
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

# What the keeper does not know it takes from the duplicate.
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

    `once`: with the firm these fields are unique. Where both firms have such a row the keeper's stands and the
    duplicate's is dropped after its content is written into the event: what hung on it (`into`) goes to the keeper's
    row, and so do the fields of `filled` that the keeper's row leaves blank.
    `sole`: a mark only one row of a firm bears; the keeper's bearer keeps it.
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


def path_of(relation: Any) -> str:
    """`app.Model.field` of a reverse relation."""
    return f"{relation.related_model._meta.app_label}.{relation.related_model.__name__}.{relation.field.name}"


def undeclared() -> list[str]:
    """Relations to a firm that nobody has decided about."""
    return sorted(path_of(r) for r in Enterprise._meta.related_objects if path_of(r) not in DECLARED)


def move(keep: Enterprise, duplicate: Enterprise) -> dict[str, list[Any]]:
    """Move every row; returns what was moved or dropped, by relation, for the event."""
    moved: dict[str, list[Any]] = {}
    for relation in Enterprise._meta.related_objects:
        rule = DECLARED[path_of(relation)]
        rows = relation.related_model._default_manager.filter(**{relation.field.name: duplicate})
        for row in rows:
            moved.setdefault(rule.path, []).append(_move_one(row, rule, keep, relation.field.name))
    return moved


def _move_one(row: Model, rule: Relation, keep: Enterprise, field: str) -> Any:
    if rule.once:
        same = {name: getattr(row, name) for name in rule.once}
        twin = type(row)._default_manager.filter(**{field: keep}, **same).first()
        if twin is not None:
            return _drop(row, twin, rule)
    changed = [field]
    if rule.sole and type(row)._default_manager.filter(**{field: keep, rule.sole: True}).exists():
        setattr(row, rule.sole, False)
        changed.append(rule.sole)
    setattr(row, field, keep)
    row.save(update_fields=changed)
    return row.pk


def _drop(row: Model, twin: Model, rule: Relation) -> dict[str, str]:
    """The keeper's row stands; what hung on the duplicate's goes to it first."""
    for relation in row._meta.related_objects:
        if path_of(relation) in rule.into:
            _hang(relation, row, twin)
    if taken := fill_blanks(twin, row, rule.filled):
        twin.save(update_fields=list(taken))
    content = {f.name: str(f.value_from_object(row)) for f in row._meta.concrete_fields}
    row.delete()
    return content


def _hang(relation: Any, row: Model, twin: Model) -> None:
    """What points to the duplicate's row points to the keeper's; refused where the keeper's has the same already."""
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
    """Set the fields `keep` leaves blank to what `duplicate` has; returns what was taken, as text."""
    taken = {}
    for name in names:
        value = getattr(duplicate, name)
        if getattr(keep, name) in (None, "") and value not in (None, ""):
            setattr(keep, name, value)
            taken[name] = str(value)
    return taken


@transaction.atomic
def merge(keep: Enterprise, *, duplicate: Enterprise, by: Account, at: datetime) -> Enterprise:
    """Everything of the duplicate moves to `keep` (合并); the duplicate stays as a pointer."""
    if keep.pk == duplicate.pk:
        raise Refused(_("不能与自己合并。请选另一家企业。"), field="duplicate")
    both = Enterprise.objects.select_for_update(of=("self",)).select_related("area").order_by("pk")
    locked = {firm.pk: firm for firm in both.filter(pk__in=[keep.pk, duplicate.pk])}
    keep, duplicate = locked[keep.pk], locked[duplicate.pk]
    perms.check_merge(by, keep.area)
    perms.check_merge(by, duplicate.area)
    if keep.merged_into_id or duplicate.merged_into_id:
        raise Refused(_("其中一家已经并入别的企业。请刷新页面。"))
    if undeclared():
        raise RuntimeError(f"relations without a rule: {undeclared()}")
    moved = move(keep, duplicate)
    filled = fill_blanks(keep, duplicate, FILLED)
    told = {"name": duplicate.name, "duplicate": duplicate.pk, "credit_code": duplicate.credit_code}
    duplicate.merged_into, duplicate.credit_code = keep, None
    duplicate.save(update_fields=["merged_into", "credit_code"])
    keep.save(update_fields=list(filled))
    count = sum(len(rows) for rows in moved.values())
    record(EnterpriseEvent.MERGED, subject=keep, by=by, at=at, moved=count, rows=moved, filled=filled, **told)
    record(EnterpriseEvent.MERGED_AWAY, subject=duplicate, by=by, at=at, name=keep.name, keeper=keep.pk)
    return keep
