"""What published standings said, whether they can be computed again, and which figures behind them were corrected since."""

from typing import Any

from django.db.models import Q, QuerySet

from gongjian.indicators.models import Figure
from gongjian.indicators.rules import read_formula, year_before
from gongjian.people.models import Account
from gongjian.standings.models import Publication
from gongjian.standings.monthly.queries import MonthStandings, month_standings


def told(found: MonthStandings) -> list[dict[str, Any]]:
    """What standings say of each area, as a publication keeps it."""
    return [
        {
            "area": line.area.pk,
            "group": line.row.group,
            "place": line.row.place,
            "total": None if line.row.total is None else str(line.row.total),
            "mark": line.row.mark.value,
        }
        for line in found.lines
    ]


def computed_again(publication: Publication, *, reader: Account) -> list[dict[str, Any]]:
    """What the same version says of the figures as they stood then: equal to what was published."""
    version = publication.version
    found = month_standings(
        version.scheme, publication.month, reader=reader, back=0, as_of=publication.as_of, version=version
    )
    return told(found) if found else []


def corrected_since(publication: Publication) -> QuerySet[Figure]:
    """The figures the published places were computed from that were corrected afterwards."""
    items = publication.version.items.select_related("indicator")
    keys = {key for item in items for key in _parts(item.indicator.key, item.indicator.formula)}
    areas = [row["area"] for row in publication.rows]
    month = publication.month
    spans = Q(month__gte=month.replace(month=1), month__lte=month) | Q(
        month__gte=year_before(month).replace(month=1), month__lte=year_before(month)
    )
    rows = Figure.objects.filter(
        spans,
        indicator__key__in=keys,
        area__in=areas,
        recorded_at__lte=publication.as_of,
        superseded_at__gt=publication.as_of,
    )
    return rows.select_related("indicator", "area").order_by("area__order", "month", "pk")


def _parts(key: str, formula: str) -> tuple[str, ...]:
    return read_formula(formula).of if formula else (key,)
