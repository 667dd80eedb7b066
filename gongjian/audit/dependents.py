"""What hangs on a record (挂在它下面的记录): asked before a registration is taken back."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db.models import ForeignObjectRel, Model, QuerySet
from django.utils.translation import gettext as _

from gongjian.audit.refused import Refused

TOGETHER = 500  # keys of one statement
TRACES = frozenset(
    {"audit.event", "audit.usedform", "people.presence", "people.recentchoice", "imports.importedrecord"}
)  # they outlive it


def dependents(record: Model) -> Counter[str]:
    """How many records of each kind refer to this one, by a relation or by its kind and number.

    A model that says `OUTLIVES_SUBJECT` only tells what happened to a record, and hangs on none.
    """
    found: Counter[str] = Counter()
    for rows, name in _referring(type(record)):
        if number := rows.filter(**{name: record.pk}).count():
            found[str(rows.model._meta.verbose_name)] += number
    return found


def _referring(model: type[Model]) -> "Iterator[tuple[QuerySet[Model], str]]":
    """The rows of other tables that can refer to a record of this model, and the field that holds its key."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            yield relation.related_model._base_manager.all(), relation.field.name
    for other in apps.get_models():
        names = {field.name for field in other._meta.get_fields()}
        if getattr(other, "OUTLIVES_SUBJECT", False) or not {"subject_kind", "subject_id"} <= names:
            continue
        yield other._base_manager.filter(subject_kind=model._meta.label_lower), "subject_id"


def check_nothing_hangs_together(records: Sequence[Model]) -> None:
    """The same for many records of one model, asked in few statements; refused for the first on which something hangs."""
    by_key = {record.pk: record for record in records}
    for rows, name in _referring(type(records[0])) if records else ():
        for first in range(0, len(records), TOGETHER):
            keys = [record.pk for record in records[first : first + TOGETHER]]
            if (key := rows.filter(**{f"{name}__in": keys}).values_list(name, flat=True).first()) is not None:
                check_nothing_hangs(by_key[key])


def check_nothing_hangs(record: Model) -> None:
    """Raise Refused with what hangs on the record; passes where nothing does."""
    if found := dependents(record):
        shown = _("、").join(f"{name} {number}" for name, number in found.items())
        raise Refused(
            _("%(what)s“%(name)s”已经有人用了（%(shown)s），不能撤销。请先处理这些记录。")
            % {"what": record._meta.verbose_name, "name": record, "shown": shown}
        )
