"""What published standings said, whether they can be computed again, and which figures behind them were corrected since."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongjian.engines.standings.scoring import Standings
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Figure
from gongjian.indicators.rules import read_formula, year_before
from gongjian.people.models import Account, Area
from gongjian.standings.models import Publication
from gongjian.standings.monthly.queries import MonthStandings, scored_months

SHOWN = 2  # publications of a month that are told beside it


def told(found: Standings) -> list[dict[str, Any]]:
    """What standings say of each area, as a publication keeps it."""
    return [
        {
            "area": row.entrant,
            "group": row.group,
            "place": row.place,
            "total": None if row.total is None else str(row.total),
            "mark": row.mark.value,
        }
        for row in found.rows
    ]


def computed_again(publication: Publication) -> list[dict[str, Any]]:
    """What the same version says of the figures as they stood then: equal to what was published."""
    version = publication.version
    found = scored_months(version.scheme, publication.month, as_of=publication.as_of, version=version)
    return told(found.now) if found else []


def corrected_since(publication: Publication) -> QuerySet[Figure]:
    """The figures the published places were computed from that were corrected afterwards."""
    items = publication.version.items.select_related("indicator")
    keys = {key for item in items for key in _parts(item.indicator.key, item.indicator.formula)}
    areas = [row["area"] for row in publication.rows]
    rows = Figure.objects.filter(
        month__in=_spanned(publication.month),
        indicator__key__in=keys,
        area__in=areas,
        recorded_at__lte=publication.as_of,
        superseded_at__gt=publication.as_of,
    )
    return rows.select_related("indicator", "area").order_by("area__order", "month", "pk")


def _parts(key: str, formula: str) -> tuple[str, ...]:
    return read_formula(formula).of if formula else (key,)


@dataclass(frozen=True)
class PublishedRow:
    """One area in published standings, and where the figures put it now."""

    area: Area
    group: str
    place: int | None
    total: str | None
    now: int | None


def then_and_now(publication: Publication) -> list[PublishedRow]:
    """What was published of each area beside what the same version says of the figures as they stand now."""
    version = publication.version
    found = scored_months(version.scheme, publication.month, version=version)
    now = {row.entrant: row.place for row in found.now.rows} if found else {}
    areas = {area.pk: area for area in found.areas} if found else {}
    return [
        PublishedRow(areas[row["area"]], row["group"], row["place"], row["total"], now.get(row["area"]))
        for row in publication.rows
        if row["area"] in areas
    ]


def publications_of(found: MonthStandings) -> list[tuple[Publication, int]]:
    """The publications of a month, the latest first, each with how many of the figures behind it were corrected since."""
    rows = Publication.objects.filter(version__scheme=found.scheme, month=found.month)
    return [(row, _corrections(found, row)) for row in rows.select_related("published_by", "version")[:SHOWN]]


def _corrections(found: MonthStandings, publication: Publication) -> int:
    """How many figures that stood when it was published were superseded since, of those the standings read."""
    named = {
        part for one in found.version.items.all() for part in _parts(one.indicator.key, one.indicator.formula)
    }
    wanted = {found.indicators[key].pk for key in named if key in found.indicators}
    months = {*_spanned(publication.month)}
    return sum(
        since <= publication.as_of < until
        for (indicator, _area, month, _column), stood in found.known.earlier.items()
        if indicator in wanted and month in months
        for since, until, _value in stood
    )


def _spanned(month: date) -> list[date]:
    """The months of the year up to this one, and those of the year before."""
    months = [add_months(month, -back) for back in range(month.month)]
    return months + [year_before(day) for day in months]


@dataclass(frozen=True)
class PublishedPlace:
    """The place of an area in the latest standings that were published."""

    publication: Publication
    area: Area
    place: int | None
    tied: bool


def latest_place(account: Account) -> PublishedPlace | None:
    """Where an account's own area stands in the latest published standings of the area above; None for who reads no such area."""
    own = account.reads_area
    if own is None or own.depth == 1:
        return None
    rows = Publication.objects.filter(version__scheme__area__path=own.path[: -Area.steplen])
    row = rows.select_related("version__scheme").order_by("-month", "version__scheme", "-pk").first()
    found = next((one for one in row.rows if one["area"] == own.pk), None) if row else None
    if row is None or found is None:
        return None
    alike = [one for one in row.rows if (one["group"], one["place"]) == (found["group"], found["place"])]
    return PublishedPlace(row, own, found["place"], len(alike) > 1)
