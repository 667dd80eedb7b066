"""Where a number opens: problems in their ledger with the measure as its filter, all else on the page of the measure."""

from urllib.parse import urlencode

from django.urls import reverse

from gongjian.measures.queries import Counted
from gongjian.measures.states import Counts


def route_of(counted: Counted) -> str:
    """The route of the list that holds the rows."""
    return "problem-ledger" if counted.measure.counts == Counts.PROBLEMS else "measure"


def address_of(counted: Counted) -> str:
    """The address of exactly the rows a number counts."""
    scope, measure = counted.scope, counted.measure
    chosen = {
        "area": scope.area.pk if scope.area else None,
        "unit": scope.unit,
        "enterprise": scope.firm,
        "first": scope.first.isoformat() if scope.first else None,
        "last": scope.last.isoformat() if scope.last else None,
    }
    asked = {name: value for name, value in chosen.items() if value is not None}
    if measure.counts == Counts.PROBLEMS:
        return f"{reverse('problem-ledger')}?{urlencode({'measure': measure.key} | asked)}"
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{reverse('measure', args=[measure.key])}{query}"
