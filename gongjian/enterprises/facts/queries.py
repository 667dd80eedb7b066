"""The values known of facts, to compare new ones with."""

from collections.abc import Collection
from datetime import date

from gongjian.enterprises.facts.rules import KnownValue, years_back, years_before
from gongjian.enterprises.models import Fact, FactBatch
from gongjian.enterprises.queries import visible_to
from gongjian.people.models import Account

FEW = 1000  # firms up to which the database picks their rows
Series = tuple[int, str, str]  # firm, key, kind of period


def known_values(
    firms: Collection[int],
    *,
    keys: Collection[str],
    period_kind: str,
    first: date,
    last: date,
    but: FactBatch | None = None,
) -> dict[Series, list[KnownValue]]:
    """The numbers known of facts of one kind of period, from some years before `first` up to `last`, in one query.

    What the import `but` has written is left out.
    """
    since = years_before(first, years_back(period_kind))
    rows = Fact.objects.filter(
        key__in=keys, period_kind=period_kind, period__gte=since, period__lte=last, value__isnull=False
    ).order_by("period", "pk")
    if len(firms) <= FEW:
        rows = rows.filter(enterprise__in=firms)
    names = ("enterprise_id", "key", "period", "value", "source", "batch_id")
    known: dict[Series, list[KnownValue]] = {}
    left_out = but.pk if but else None
    for firm, key, period, value, source, batch in rows.values_list(*names).iterator():
        if firm in firms and value is not None and (left_out is None or batch != left_out):
            known.setdefault((firm, key, period_kind), []).append(KnownValue(period, value, source))
    return known


def sources_held(account: Account) -> list[str]:
    """The sources that have given figures of firms the account sees."""
    rows = Fact.objects.filter(enterprise__in=visible_to(account).order_by())
    return list(rows.order_by("source").values_list("source", flat=True).distinct())
