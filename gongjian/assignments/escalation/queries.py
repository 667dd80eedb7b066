"""The superior named for each unit and step, and the units for which none is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.assignments.models import Rung
from gongjian.assignments.states import CLIMBING, OPEN, Step
from gongjian.people.models import Account, Person, Unit

NAMED = (Step.SUPERVISION, Step.INTERVIEW)  # a reminder goes to the unit itself


class Superiors:
    """The superiors of all units, read once. A unit that names nobody takes the superior of the unit above it."""

    def __init__(self) -> None:
        self._named = {
            (rung.unit_id, rung.step): rung.person for rung in Rung.objects.select_related("person")
        }
        self.signing_in = set(
            Account.objects.filter(is_active=True, person__isnull=False).values_list("person", flat=True)
        )
        self._above = dict(Unit.objects.filter(superior__isnull=False).values_list("pk", "superior"))

    def own(self, unit: int, step: Step) -> Person | None:
        """The superior named for the unit itself, or None."""
        return self._named.get((unit, step.value))

    def of(self, unit: Unit, step: Step) -> Person | None:
        """The person to notify; None for a reminder, or if no unit up the line names anybody."""
        seen: set[int] = set()
        number: int | None = unit.pk
        while step in NAMED and number is not None and number not in seen:
            if person := self.own(number, step):
                return person
            seen.add(number)
            number = self._above.get(number)
        return None


@dataclass(frozen=True)
class UnitLadder:
    """One unit's ladder: who is notified, its faults, and how many running matters depend on it."""

    unit: Unit
    supervision: Person | None
    interview: Person | None
    faults: tuple[str, ...]
    running: int


def ladders(units: QuerySet[Unit], superiors: Superiors | None = None) -> list[UnitLadder]:
    """The ladders of these units; one query if `superiors` is passed in."""
    superiors = superiors or Superiors()
    counted: Any = units.annotate(running=Count("led", filter=Q(led__state__in=OPEN)))
    listed = []
    for unit in counted.select_related("area"):
        persons = [superiors.of(unit, step) for step in NAMED]
        listed.append(
            UnitLadder(unit, persons[0], persons[1], _faults(persons, superiors.signing_in), unit.running)
        )
    return listed


def _faults(persons: Iterable[Person | None], signing_in: set[int]) -> tuple[str, ...]:
    faults = []
    for step, person in zip(NAMED, persons, strict=True):
        if person is None:
            faults.append(_("没有指定%(step)s领导") % {"step": step.label})
        elif person.pk not in signing_in:
            faults.append(
                _("%(step)s领导%(person)s没有可登录的账号，只能打印送达")
                % {"step": step.label, "person": person}
            )
    return tuple(dict.fromkeys(faults))


def ladders_with_faults(
    units: QuerySet[Unit] | None = None, superiors: Superiors | None = None
) -> list[UnitLadder]:
    """Ladders with configuration faults, of units that have running assignments."""
    rows = Unit.objects.all() if units is None else units
    running = rows.filter(led__state__in=CLIMBING).distinct()
    return [ladder for ladder in ladders(running, superiors) if ladder.faults]
