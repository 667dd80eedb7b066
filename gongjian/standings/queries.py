"""Reads of schemes: which an account sees, which version counts in a month, the areas it compares."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from gongjian.people.models import Account, Area
from gongjian.people.queries import within
from gongjian.people.states import AreaLevel
from gongjian.standings.models import Excuse, Publication, Scheme, SchemeItem, SchemeVersion
from gongjian.standings.states import VersionState

COMPARED = (AreaLevel.COUNTY, AreaLevel.TOWNSHIP)


def lies_above_or_in(account: Account, field: str = "area") -> Q:
    """Condition: the area is one above the account's own, its own, or one inside it: a county sees the standings of its city."""
    own = account.reads_area
    if own is None:
        return Q(pk__in=[])
    path = f"{field}__path" if field else "path"
    above = [own.path[:end] for end in range(Area.steplen, len(own.path) + 1, Area.steplen)]
    return Q(**{f"{path}__in": above}) | within(own, field)


def schemes_visible_to(account: Account) -> QuerySet[Scheme]:
    """The schemes by which an account's own area, areas above it or inside it compare theirs; the highest first."""
    rows = Scheme.objects.filter(lies_above_or_in(account)).select_related("area")
    return rows.order_by("area__depth", "area__path", "pk")


def versions_visible_to(account: Account) -> QuerySet[SchemeVersion]:
    """The versions of those schemes; a draft only for who keeps or reads the whole area of its scheme."""
    rows = SchemeVersion.objects.filter(lies_above_or_in(account, "scheme__area"))
    rows = rows.filter(Q(state=VersionState.SIGNED) | within(account.reads_area, "scheme__area"))
    return rows.select_related("scheme__area", "written_by", "signed_by")


def with_items(rows: QuerySet[SchemeVersion]) -> QuerySet[SchemeVersion]:
    """The versions with what scoring reads of them, in two more queries."""
    items = Prefetch("items", SchemeItem.objects.select_related("indicator"))
    return rows.select_related("scheme__area").prefetch_related(items, "members")


def version_in_force(scheme: Scheme, month: date, *, as_of: datetime | None = None) -> SchemeVersion | None:
    """The version of a scheme that counts in a month: of those signed the one with the latest beginning by then."""
    rows = SchemeVersion.objects.filter(scheme=scheme, state=VersionState.SIGNED, from_month__lte=month)
    if as_of is not None:
        rows = rows.filter(signed_at__lte=as_of)
    return with_items(rows).order_by("-from_month", "-number").first()


def compared_areas(area: Area) -> list[Area]:
    """The areas an area compares: its counties, or a county's townships, in official order."""
    rows = Area.objects.filter(within(area, ""), depth=area.depth + 1, level__in=COMPARED)
    return sorted(rows, key=lambda one: (one.order, one.path))


def excused_in(areas: Iterable[Area], month: date) -> list[int]:
    """The areas that are excused in a month."""
    return list(Excuse.objects.filter(area__in=list(areas), month=month).values_list("area", flat=True))


def publications_visible_to(account: Account) -> QuerySet[Publication]:
    """The published standings an account may read, the latest first."""
    rows = Publication.objects.filter(lies_above_or_in(account, "version__scheme__area"))
    return rows.select_related("version__scheme__area", "published_by")
