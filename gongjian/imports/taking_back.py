"""Takes back what an import wrote, through the rooms it belongs to."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Contact, Enterprise, EnterpriseAccount, Pairing
from gongjian.imports.models import ImportBatch, ImportedRecord
from gongjian.imports.plans import label_of, value_of
from gongjian.imports.writing.rules import PIECE
from gongjian.people import services as people
from gongjian.people.models import Account, Area, Person, Post, Tenure, Unit
from gongjian.people.taking_back.services import take_back_accounts, take_back_together
from gongjian.policies.models import Payout
from gongjian.policies.past_payouts import services as past_payouts
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.visits.models import Stop, Visit
from gongjian.visits.past_visits import services as past_visits

# Kinds of which an import makes many, those that hang on others first; and what is read beside each.
REGISTERS: dict[type[Model], tuple[str, ...]] = {
    Pairing: ("enterprise__area", "person"),
    Contact: ("enterprise__area",),
    Account: (),
    Enterprise: ("area",),
    Tenure: ("post__unit__area", "person"),
    Post: ("unit__area",),
    Person: (),
    Unit: ("area", "superior"),
    Area: (),
}
OF_FIRMS = (Pairing, Contact, Enterprise)
OF_AREA = ("name", "short_name", "stat_code", "functional", "note", "order")
OF_UNIT = ("name", "short_name", "kind", "superior", "duties", "paper_head")


def take_back_problems(batch: ImportBatch, *, by: Account, at: datetime) -> int:
    """Remove the problems of an import, many together: they are most of what a long ledger writes; returns how many."""
    made = batch.records.filter(created=True, subject_kind=Problem._meta.label_lower)
    keys = list(made.order_by("-pk").values_list("subject_id", flat=True))
    removed = 0
    for first in range(0, len(keys), PIECE):
        rows = list(Problem.objects.filter(pk__in=keys[first : first + PIECE]))
        problems.take_back_imports(rows, by=by, at=at)
        removed += len(rows)
    return removed


def take_back_registers(batch: ImportBatch, *, by: Account, at: datetime) -> int:
    """Remove what an import has registered, a kind at a time, what hangs on others first; returns how many."""
    removed = 0
    for model, beside in REGISTERS.items():
        made = batch.records.filter(created=True, subject_kind=model._meta.label_lower)
        keys = list(made.values_list("subject_id", flat=True))
        rows: list[Any] = []
        for first in range(0, len(keys), PIECE):
            found = model._default_manager.filter(pk__in=keys[first : first + PIECE])
            rows += found.select_related(*beside).order_by("pk")
        if rows and issubclass(model, Account):
            take_back_accounts(rows, by=by, at=at)
        elif rows and model in OF_FIRMS:
            enterprises.take_back_together(rows, by=by, at=at)
        elif rows:
            take_back_together(rows, of=batch.area, by=by, at=at)
        removed += len(rows)
    return removed


def take_back_record(subject: Any, *, by: Account, at: datetime) -> None:
    """Remove a record an import has made that is no registration; raises Refused when something hangs on it."""
    if isinstance(subject, Payout):
        past_payouts.take_back_import(subject, by=by, at=at)
    elif isinstance(subject, Visit):
        past_visits.take_back_import(subject, by=by, at=at)
    elif isinstance(subject, Stop):
        past_visits.take_back_stop(subject, by=by, at=at)
    elif isinstance(subject, EnterpriseAccount):
        enterprises.take_back_link(subject, by=by, at=at)


def restore(subject: Model, entry: ImportedRecord, *, by: Account, at: datetime) -> None:
    """Give a record its values before the import; raises Refused when they were changed since."""
    for name, written in entry.after.items():
        if value_of(getattr(subject, name)) != written:
            raise Refused(
                _("%(what)s“%(name)s”的%(field)s后来又改过，不能整批撤销。请先改回，或逐条处理。")
                % {
                    "what": subject._meta.verbose_name,
                    "name": subject,
                    "field": label_of(subject, name),
                }
            )
    old = {name: _stored(subject, name, value) for name, value in entry.before.items()}
    if isinstance(subject, Area):
        people.update_area(subject, **(_now(subject, OF_AREA) | old), by=by, at=at)
    elif isinstance(subject, Unit):
        people.update_unit(subject, **(_now(subject, OF_UNIT) | old), by=by, at=at)
    elif isinstance(subject, Person):
        people.update_person(subject, **(_now(subject, ("name", "phone", "note")) | old), by=by, at=at)
    elif isinstance(subject, Contact):
        enterprises.update_contact(subject, by=by, at=at, **old)
    elif isinstance(subject, Enterprise):
        enterprises.update_firm(subject, by=by, at=at, **old)


def _now(subject: Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(subject, name) for name in names}


def _stored(subject: Model, name: str, value: Any) -> Any:
    """A value as the record holds it: other records by their key."""
    field: Any = subject._meta.get_field(name)
    if field.is_relation:
        return None if value is None else field.related_model._base_manager.get(pk=value)
    return field.to_python(value)
