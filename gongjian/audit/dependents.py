"""What hangs on a record (挂在它下面的记录): asked before a registration is taken back."""

from collections import Counter

from django.apps import apps
from django.db.models import ForeignObjectRel, Model
from django.utils.translation import gettext as _

from gongjian.audit.refused import Refused

TRACES = frozenset(
    {"audit.event", "audit.usedform", "people.presence", "people.recentchoice", "imports.importedrecord"}
)  # they outlive it


def dependents(record: Model) -> Counter[str]:
    """How many records of each kind refer to this one, by a relation or by its kind and number.

    A model that says `OUTLIVES_SUBJECT` only tells what happened to a record, and hangs on none.
    """
    found: Counter[str] = Counter()
    for relation in record._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: record.pk})
        if number := rows.count():
            found[str(relation.related_model._meta.verbose_name)] += number
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if getattr(model, "OUTLIVES_SUBJECT", False) or not {"subject_kind", "subject_id"} <= names:
            continue
        rows = model._base_manager.filter(subject_kind=record._meta.label_lower, subject_id=record.pk)
        if number := rows.count():
            found[str(model._meta.verbose_name)] += number
    return found


def check_nothing_hangs(record: Model) -> None:
    """Raise Refused with what hangs on the record; passes where nothing does."""
    if found := dependents(record):
        shown = _("、").join(f"{name} {number}" for name, number in found.items())
        raise Refused(
            _("%(what)s“%(name)s”已经有人用了（%(shown)s），不能撤销。请先处理这些记录。")
            % {"what": record._meta.verbose_name, "name": record, "shown": shown}
        )
