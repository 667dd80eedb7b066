"""Which imported accounts still wait for their slip, and which have not been used."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet

from gongjian.imports.models import ImportBatch
from gongjian.imports.states import ImportKind
from gongjian.people.models import Account


def accounts_of(batch: ImportBatch) -> QuerySet[Account]:
    """The accounts an import has made."""
    made = batch.records.filter(subject_kind=Account._meta.label_lower, created=True).values("subject_id")
    rows = (
        Account.objects.filter(pk__in=made) if batch.kind == ImportKind.ACCOUNTS else Account.objects.none()
    )
    return rows.select_related("unit", "speaks_for__enterprise").order_by(
        "unit__area__path", "unit__order", "unit", "pk"
    )


def without_slip(batch: ImportBatch) -> QuerySet[Account]:
    """Those without a password: their slip was never printed."""
    return accounts_of(batch).filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def unused(batch: ImportBatch) -> QuerySet[Account]:
    """Those that have a password nobody has signed in with."""
    rows = accounts_of(batch).filter(last_login__isnull=True, is_active=True)
    return rows.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
