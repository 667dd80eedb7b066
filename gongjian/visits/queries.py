"""Queries of the visit book: the visits an account may see, and those of one day."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from gongjian.enterprises.models import Enterprise, Pairing
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role
from gongjian.visits.models import Stop, Visit
from gongjian.visits.states import RALLIES, VisitState


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


def stops_seen(visit: Visit, account: Account) -> tuple[list[Stop], int]:
    """The stops of a visit at firms that the account may open, and how many more there are: one query."""
    seen = Exists(visible_firms(account).filter(pk=OuterRef("enterprise")).order_by())
    rows: list[Any] = list(visit.stops.select_related("enterprise").annotate(seen=seen))
    shown = [stop for stop in rows if stop.seen]
    return shown, len(rows) - len(shown)


def told_of(stops: QuerySet[Stop]) -> Q:
    """The events of a visit that tell of its firm at one of these stops: what was heard there is not for every reader."""
    told = In(
        Coalesce(KT("data__firm"), Value(""), output_field=TextField()), stops.values("enterprise__name")
    )
    return Q(told, subject_kind=Visit._meta.label_lower)


def stops_elsewhere(firm: Enterprise) -> QuerySet[Stop]:
    """The stops at other firms of the visits that led to this one."""
    visits = Stop.objects.filter(enterprise=firm).values("visit")
    return Stop.objects.filter(visit__in=visits).exclude(enterprise=firm)


def visits_on(rows: QuerySet[Visit], day: date) -> QuerySet[Visit]:
    """The visits of `rows` that take place on a day, without the cancelled ones."""
    return rows.filter(starts_on__lte=day, ends_on__gte=day).exclude(state=VisitState.CANCELLED)


def number_in_year(visit: Visit) -> int:
    """Which rally or cadre meeting of its area and year a meeting is, from one on: the number of its minutes."""
    alike = Visit.objects.filter(area=visit.area_id, kind__in=RALLIES, starts_on__year=visit.starts_on.year)
    before = Q(starts_on__lt=visit.starts_on) | Q(starts_on=visit.starts_on, pk__lte=visit.pk)
    return alike.exclude(state=VisitState.CANCELLED).filter(before).count()


def own_meetings(*, since: date, until: date) -> dict[int, date]:
    """On which day each area held its own meeting of a campaign (动员会), the first one between two days."""
    held = Visit.objects.filter(
        kind__in=RALLIES, state=VisitState.DONE, starts_on__gte=since, starts_on__lte=until
    )
    return dict(held.order_by("-starts_on", "-pk").values_list("area", "starts_on"))
