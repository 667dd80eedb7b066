"""Where sources differ about one fact of one period (数据冲突): open ones, and those somebody has decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Min, Q, QuerySet

from gongjian.enterprises.facts.wording import period_said
from gongjian.enterprises.facts_for_rules.queries import typed
from gongjian.enterprises.models import Enterprise, Fact, FactDecision
from gongjian.enterprises.source_conflicts.rules import Said, choose

Place = tuple[int, str, str, date]
PLACE = ("enterprise_id", "key", "period_kind", "period")


@dataclass(frozen=True)
class Differing:
    """One fact of one firm and period with what each source says; `used` is the source that counts meanwhile."""

    firm: Enterprise
    key: str
    period_kind: str
    period: date
    facts: tuple[Fact, ...]
    used: str

    @property
    def when(self) -> str:
        """The period in words."""
        return period_said(self.period, self.period_kind)


def open_places(rows: QuerySet[Enterprise], *, key: str = "") -> list[Place]:
    """Every place of these firms where two values stand and nobody has decided, latest period first."""
    facts = Fact.objects.filter(enterprise__in=rows.order_by().values("pk"))
    if key:
        facts = facts.filter(key=key)
    ends = {"low": Min("value"), "high": Max("value"), "first": Min("text"), "last": Max("text")}
    found = facts.order_by().values(*PLACE).annotate(**ends)
    found = found.filter(Q(low__lt=F("high")) | Q(first__lt=F("last")))
    decided = set(FactDecision.objects.values_list(*PLACE))
    places = {tuple(row[name] for name in PLACE) for row in found.values(*PLACE)} - decided
    return sorted(places, key=lambda place: (-place[3].toordinal(), place[1], place[0]))


def differing(places: Sequence[Place]) -> list[Differing]:
    """What the sources say at some places, two queries."""
    firms = Enterprise.objects.select_related("area").in_bulk([place[0] for place in places])
    rows = Fact.objects.filter(
        enterprise__in=firms, key__in={p[1] for p in places}, period__in={p[3] for p in places}
    ).order_by("source")
    said: dict[Place, list[Fact]] = {place: [] for place in places}
    for fact in rows:
        place = (fact.enterprise_id, fact.key, fact.period_kind, fact.period)
        if place in said:
            said[place].append(fact)
    return [Differing(firms[p[0]], *p[1:], tuple(facts), _used(facts)) for p, facts in said.items() if facts]


def _used(facts: Sequence[Fact]) -> str:
    words = [Said(typed(f.key, f.value, f.text), f.source, f.recorded_at, f.pk) for f in facts]
    return choose(words, decided=None).said.source
