"""Reads of schemes: which an account sees, which version counts in a month, the areas it compares."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Coalesce

from gongjian.indicators.models import Figure
from gongjian.people.models import Account, Area
from gongjian.people.queries import within
from gongjian.people.states import AreaLevel
from gongjian.standings.models import Excuse, GroupMember, Publication, Scheme, SchemeItem, SchemeVersion
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


def newest_month() -> Subquery:
    """The latest month of which a figure of an area that a scheme compares is known."""
    below = Figure.objects.filter(
        area__path__startswith=OuterRef("area__path"),
        area__depth=OuterRef("area__depth") + 1,
        superseded_at__isnull=True,
    )
    return Subquery(below.order_by("-month").values("month")[:1])


def with_latest(rows: QuerySet[Scheme]) -> QuerySet[Scheme]:
    """The schemes, each with `latest`, its newest month."""
    return rows.annotate(latest=newest_month())


def versions_visible_to(account: Account) -> QuerySet[SchemeVersion]:
    """The versions of those schemes; a draft only for who keeps or reads the whole area of its scheme."""
    rows = SchemeVersion.objects.filter(lies_above_or_in(account, "scheme__area"))
    rows = rows.filter(Q(state=VersionState.SIGNED) | within(account.reads_area, "scheme__area"))
    return rows.select_related("scheme__area", "written_by", "signed_by")


def read_items(version: SchemeVersion) -> SchemeVersion:
    """The version with its items and their indicators read, in one query."""
    prefetch_related_objects([version], Prefetch("items", SchemeItem.objects.select_related("indicator")))
    return version


def version_in_force(scheme: Scheme, month: date, *, as_of: datetime | None = None) -> SchemeVersion | None:
    """The version of a scheme that counts in a month: of those signed the one with the latest beginning by then."""
    rows = SchemeVersion.objects.filter(scheme=scheme, state=VersionState.SIGNED, from_month__lte=month)
    if as_of is not None:
        rows = rows.filter(signed_at__lte=as_of)
    rows = rows.select_related("scheme__area")
    return rows.order_by("-from_month", "-number").first()


def compared_areas(area: Area) -> list[Area]:
    """The areas an area compares: its counties, or a county's townships, in official order."""
    rows = Area.objects.filter(within(area, ""), depth=area.depth + 1, level__in=COMPARED)
    return sorted(rows, key=lambda one: (one.order, one.path))


def grouped_areas(version: SchemeVersion) -> list[Area]:
    """The areas a version compares, each with `group`, its group; in official order."""
    area = version.scheme.area
    group = GroupMember.objects.filter(version=version, area=OuterRef("pk")).values("group")[:1]
    rows = Area.objects.filter(within(area, ""), depth=area.depth + 1, level__in=COMPARED)
    rows = rows.annotate(group=Coalesce(Subquery(group), Value("")))
    return sorted(rows, key=lambda one: (one.order, one.path))


def excused_in(areas: Iterable[Area], month: date) -> list[int]:
    """The areas that are excused in a month."""
    return list(Excuse.objects.filter(area__in=list(areas), month=month).values_list("area", flat=True))


def publications_visible_to(account: Account) -> QuerySet[Publication]:
    """The published standings an account may read, the latest first."""
    rows = Publication.objects.filter(lies_above_or_in(account, "version__scheme__area"))
    return rows.select_related("version__scheme__area", "published_by")
