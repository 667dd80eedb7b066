"""Where sources give different values of one fact in one period (数据冲突) and nobody has decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Min, Q, QuerySet

from gongjian.enterprises.facts.wording import period_in_words
from gongjian.enterprises.facts_for_rules.queries import value_of_kind
from gongjian.enterprises.models import Enterprise, Fact, FactDecision
from gongjian.enterprises.source_conflicts.rules import SourceValue, choose_value

Place = tuple[int, str, str, date]
PLACE = ("enterprise_id", "key", "period_kind", "period")


@dataclass(frozen=True)
class DifferingSources:
    """The values all sources give of one fact of one firm and period; `used` is the source that counts in the meantime."""

    firm: Enterprise
    key: str
    period_kind: str
    period: date
    facts: tuple[Fact, ...]
    used: str

    @property
    def when(self) -> str:
        """The period in words."""
        return period_in_words(self.period, self.period_kind)


def undecided_places(rows: QuerySet[Enterprise], *, key: str = "") -> list[Place]:
    """The facts of these firms on which sources differ and nobody has decided.

    Returned as (firm, key, kind, first day), latest period first.
    """
    facts = Fact.objects.filter(enterprise__in=rows.order_by().values("pk"))
    if key:
        facts = facts.filter(key=key)
    ends = {"low": Min("value"), "high": Max("value"), "first": Min("text"), "last": Max("text")}
    differing = facts.order_by().values(*PLACE).annotate(**ends)
    differing = differing.filter(Q(low__lt=F("high")) | Q(first__lt=F("last")))
    decided = set(FactDecision.objects.values_list(*PLACE))
    places = {tuple(row[name] for name in PLACE) for row in differing.values(*PLACE)} - decided
    return sorted(places, key=lambda place: (-place[3].toordinal(), place[1], place[0]))


def differing_sources(places: Sequence[Place]) -> list[DifferingSources]:
    """The values the sources give of the facts at these places, in two queries."""
    firms = Enterprise.objects.select_related("area").in_bulk([place[0] for place in places])
    rows = Fact.objects.filter(
        enterprise__in=firms, key__in={p[1] for p in places}, period__in={p[3] for p in places}
    ).order_by("source")
    facts_by_place: dict[Place, list[Fact]] = {place: [] for place in places}
    for fact in rows:
        place = (fact.enterprise_id, fact.key, fact.period_kind, fact.period)
        if place in facts_by_place:
            facts_by_place[place].append(fact)
    return [
        DifferingSources(firms[p[0]], *p[1:], tuple(facts), _source_used(facts))
        for p, facts in facts_by_place.items()
        if facts
    ]


def _source_used(facts: Sequence[Fact]) -> str:
    values = [
        SourceValue(value_of_kind(f.key, f.value, f.text), f.source, f.recorded_at, f.pk) for f in facts
    ]
    return choose_value(values, decided=None).source_value.source
