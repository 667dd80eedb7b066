"""Queries of the visit book: the visits an account may see, and those of one day."""

from datetime import date

from django.db.models import Q, QuerySet

from gongjian.enterprises.models import Pairing
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role
from gongjian.visits.models import Visit
from gongjian.visits.states import VisitState


def visible_to(account: Account) -> QuerySet[Visit]:
    """The visits an account sees: those of its areas, for a service officer also those to paired firms."""
    rows = Visit.objects.all()
    if account.role == Role.ENTERPRISE:
        return rows.none()
    seen = within(account.reads_area)
    if account.role == Role.OFFICER and account.person_id:
        paired = Pairing.objects.filter(person=account.person_id, until__isnull=True).values("enterprise")
        return rows.filter(seen | Q(pk__in=Visit.objects.filter(stops__enterprise__in=paired).values("pk")))
    return rows.filter(seen)


def visits_on(rows: QuerySet[Visit], day: date) -> QuerySet[Visit]:
    """The visits of `rows` that take place on a day, without the cancelled ones."""
    return rows.filter(starts_on__lte=day, ends_on__gte=day).exclude(state=VisitState.CANCELLED)
