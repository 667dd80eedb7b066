"""Open matters of a person or a unit, and those whose person left or whose unit ended (未移交事项)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gongjian.assignments.models import Assignment, Support
from gongjian.assignments.queries import visible_to
from gongjian.assignments.states import OPEN, RUNNING
from gongjian.enterprises.models import Pairing
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.people.models import Account, Person, Tenure, Unit
from gongjian.people.queries import holders, in_force, persons_of, sight
from gongjian.problems.models import Problem
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.visits.models import Visit
from gongjian.visits.states import VisitState

NAMED = 3  # persons or units suggested for a matter
Holder = tuple[Unit | None, Person]


@dataclass(frozen=True)
class OpenMatter:
    """One open matter, and who is suggested to take it, likeliest first."""

    record: Assignment | Support | Pairing | Visit
    suggested: tuple[Holder, ...]

    @property
    def key(self) -> str:
        """What tells it apart on a form."""
        return f"{self.record._meta.model_name}-{self.record.pk}"


def matters_of_person(person: Person, account: Account, *, today: date) -> list[OpenMatter]:
    """What a person still has, as far as the account sees it: tasks, pairings, planned visits."""
    tasks = visible_to(account).filter(responsible_person=person, state__in=OPEN).select_related("lead_unit")
    firms = visible_firms(account).values("pk")
    pairings = Pairing.objects.filter(person=person, until__isnull=True, enterprise__in=firms)
    visits = Visit.objects.filter(sight(account), lead=person, state=VisitState.PLANNED)
    found = list(tasks.order_by("due_on", "pk"))
    last = Tenure.objects.filter(person=person).select_related("post__unit").order_by("until", "pk").last()
    units = {task.lead_unit_id: task.lead_unit for task in found}
    beside = {
        pk: _colleagues(unit, person, today) for pk, unit in units.items()
    }  # once a unit, not once a task
    if last and last.post.unit_id not in beside:
        beside[last.post.unit_id] = _colleagues(last.post.unit, person, today)
    rows = [OpenMatter(task, beside[task.lead_unit_id]) for task in found]
    others: list[Pairing | Visit] = [*pairings.select_related("enterprise"), *visits.order_by("starts_on")]
    return rows + [OpenMatter(record, beside[last.post.unit_id] if last else ()) for record in others]


def _colleagues(unit: Unit, person: Person, today: date) -> tuple[Holder, ...]:
    found = [each for each in persons_of(unit, "", on=today) if each.pk != person.pk]
    return tuple((unit, each) for each in found[:NAMED])


def matters_of_unit(unit: Unit, account: Account, *, today: date) -> list[OpenMatter]:
    """What a unit still leads or supports, as far as the account sees it."""
    seen = visible_to(account)
    tasks = list(seen.filter(lead_unit=unit, state__in=OPEN).order_by("due_on", "pk"))
    supports = Support.objects.filter(unit=unit, replied_on__isnull=True, assignment__state__in=RUNNING)
    supports = supports.filter(assignment__in=seen.order_by()).select_related("assignment")
    suggested = _suggested(tasks, unit, today)
    return [OpenMatter(task, suggested.get(task.pk, ())) for task in tasks] + [
        OpenMatter(support, ()) for support in supports.order_by("due_on", "pk")
    ]


def _suggested(tasks: Iterable[Assignment], unit: Unit, today: date) -> dict[int, tuple[Holder, ...]]:
    """Units by the words of the problem behind each task, and the superior unit with its head."""
    above: tuple[Holder, ...] = (
        tuple((tenure.post.unit, tenure.person) for tenure in holders([unit.superior], on=today)[:1])
        if unit.superior
        else ()
    )
    problems = {row.assignment_id: row for row in Problem.objects.filter(assignment__in=list(tasks))}
    ranked = suggested_units.suggest(list(problems.values()), today=today)
    return {
        task.pk: tuple(
            (each.unit, each.person)
            for each in ranked.get(problems[task.pk].pk if task.pk in problems else 0, [])
            if each.person and each.unit.pk != unit.pk
        )[:NAMED]
        + above
        for task in tasks
    }


def unheld(today: date) -> Q:
    """Condition: an open task whose unit ended, or whose person no longer holds a post in it or left altogether."""
    of_person = {"person": OuterRef("responsible_person")}
    there = in_force(today).filter(**of_person, post__unit=OuterRef("lead_unit"))
    was_there = Tenure.objects.filter(**of_person, post__unit=OuterRef("lead_unit"), until__lt=today)
    anywhere, ever = in_force(today).filter(**of_person), Tenure.objects.filter(**of_person, until__lt=today)
    signs_in = Account.objects.filter(**of_person, is_active=True)
    gone = (Exists(was_there) & ~Exists(there)) | (Exists(ever) & ~Exists(anywhere))
    ended = Q(lead_unit__disabled_on__lte=today)
    left = Q(gone & ~Exists(signs_in.filter(unit=OuterRef("lead_unit"))))
    return Q(state__in=OPEN) & (ended | left)


def without_a_holder(account: Account, *, today: date) -> QuerySet[Assignment]:
    """The open tasks an account sees that nobody holds any more."""
    return visible_to(account).filter(unheld(today))


def pairings_without_a_person(account: Account, *, today: date) -> QuerySet[Pairing]:
    """Pairings that go on although the person left every post."""
    of_person = {"person": OuterRef("person")}
    anywhere, ever = in_force(today).filter(**of_person), Tenure.objects.filter(**of_person, until__lt=today)
    rows = Pairing.objects.filter(until__isnull=True, enterprise__in=visible_firms(account).values("pk"))
    return rows.filter(Exists(ever) & ~Exists(anywhere)).order_by(F("person"), "pk")
