"""Reads of pledges: of a meeting, of targets, of areas."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongjian.assignments.states import State
from gongjian.campaigns.models import Campaign, Target
from gongjian.campaigns.states import Horizon
from gongjian.people.models import Account, Area
from gongjian.visits.models import Pledge, Visit
from gongjian.visits.queries import visible_to


def standing() -> QuerySet[Pledge]:
    """The pledges that stand: those whose assignment was not taken back."""
    rows = Pledge.objects.exclude(task__assignment__state=State.WITHDRAWN)
    return rows.select_related(
        "visit",
        "task__target__indicator",
        "task__target__area",
        "task__target__unit",
        "task__battle",
        "task__assignment__area",
        "task__assignment__lead_unit",
        "task__assignment__responsible_person",
    )


def pledged(visit: Visit) -> QuerySet[Pledge]:
    """What was pledged at a meeting, by area in official order, then as it was said."""
    return standing().filter(visit=visit).order_by("task__target__area__path", "pk")


def pledges_for(target: Target, account: Account) -> QuerySet[Pledge]:
    """The pledges for a target at the meetings an account may read."""
    return standing().filter(task__target=target, visit__in=visible_to(account))


def count_of_areas(campaign: Campaign) -> dict[int, int]:
    """For how many of its targets each area has pledged, in the campaign."""
    rows = standing().filter(task__battle__campaign=campaign).order_by().values_list("task__target__area")
    return {area: count for area, count in rows.annotate(Count("task__target", distinct=True)) if area}


def targets_ahead(visit: Visit) -> QuerySet[Target]:
    """The targets of areas a meeting is about: of its year, in force, their span not over on its day."""
    spans = [span for span in Horizon if span.months >= visit.starts_on.month]
    return Target.objects.filter(year=visit.starts_on.year, horizon__in=spans, withdrawn_at=None, unit=None)


@dataclass(frozen=True)
class AreaStep:
    """An area on the way through a meeting: its targets, and for how many it has pledged there."""

    area: Area
    targets: int
    pledged: int

    @property
    def is_done(self) -> bool:
        """Whether nothing of it waits."""
        return self.pledged >= self.targets


def steps_of(visit: Visit, said: Iterable[Pledge]) -> list[AreaStep]:
    """The areas a meeting goes through, in official order: its own and those just below that hold targets it is about.

    `said` is what was pledged at it.
    """
    below = Q(path__startswith=visit.area.path, depth__lte=visit.area.depth + 1)
    held = Q(targets__in=targets_ahead(visit))
    areas = Area.objects.filter(below).annotate(held=Count("targets", filter=held, distinct=True))
    done = Counter(one.task.assignment.area_id for one in said)
    rows = areas.filter(held__gt=0).order_by("depth", "order", "path")
    return [AreaStep(area, area.held, done[area.pk]) for area in rows]
