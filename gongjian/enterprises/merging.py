"""Merging duplicates: the declared list of everything that points to a firm, and what happens to it.

A relation that is not declared makes the merge refuse, and a house test fail, so that nothing is ever left behind.
`once` names the fields that with the firm must be unique: where both firms have such a row, the keeper's stands and the
duplicate's is dropped after its content is written into the event.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from gongjian.enterprises.models import Enterprise


@dataclass(frozen=True)
class Relation:
    """A foreign key to a firm: `app.Model.field`; `once` as above; `keep` leaves the row pointing at the duplicate."""

    path: str
    once: tuple[str, ...] = ()
    into: str = ""


MERGES = (
    Relation("enterprises.EnterpriseAccount.enterprise"),
    Relation("enterprises.Contact.enterprise"),
    Relation("enterprises.Pairing.enterprise"),
    Relation("enterprises.Fact.enterprise", once=("key", "period_kind", "period", "source")),
    Relation("enterprises.Qualification.enterprise"),
    Relation("enterprises.Enterprise.merged_into"),
    Relation("visits.Stop.enterprise", once=("visit",), into="visits.Note.stop"),
    Relation("problems.Problem.enterprise"),
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
    setattr(row, field, keep)
    row.save(update_fields=[field])
    return row.pk


def _drop(row: Model, twin: Model, rule: Relation) -> dict[str, str]:
    """The keeper's row stands; what hung on the duplicate's goes to it first."""
    if rule.into:
        name = rule.into.rsplit(".", 1)[-1]
        for relation in row._meta.related_objects:
            if relation.field.name == name:
                relation.related_model._default_manager.filter(**{name: row}).update(**{name: twin})
    content = {f.name: str(f.value_from_object(row)) for f in row._meta.concrete_fields}
    row.delete()
    return content
