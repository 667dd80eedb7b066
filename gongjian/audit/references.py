"""Which rows point at a record (引用): asked before a record that should not have been made is removed."""

from collections.abc import Iterator

from django.db.models import ForeignObjectRel, ManyToOneRel, Model


def referring_kinds(record: Model) -> Iterator[str]:
    """The names of the kinds of rows that point at the record, own tables of its many-to-many fields left out."""
    for relation in _relations(record):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: record})
        if rows.exists():
            yield str(relation.related_model._meta.verbose_name)


def is_referred_to(record: Model) -> bool:
    """Whether any row points at the record."""
    return next(referring_kinds(record), None) is not None


def _relations(record: Model) -> Iterator[ForeignObjectRel]:
    own = {field.remote_field.through for field in record._meta.local_many_to_many}
    for relation in record._meta.related_objects:
        if not (isinstance(relation, ManyToOneRel) and relation.related_model in own):
            yield relation
