"""Who supervises which unit in the invented city, and the ladder of escalation of the last weeks."""

from datetime import timedelta

from gongjian.assignments import services as assignments
from gongjian.assignments.escalation.services import run_ladder
from gongjian.invented_city.agenda import Agenda
from gongjian.invented_city.world import World
from gongjian.people.accounts.services import add_account
from gongjian.people.models import Account, Area, Person
from gongjian.people.states import Role

LAST = 30  # days in which the scheduler ran
UNNAMED = ("transport", "education")  # departments of the city without superiors, a fault the product reports
NO_ACCOUNT = ("housing",)  # and one whose superior cannot sign in


def build(world: World) -> None:
    """Name the superiors of all units: the deputy of the area supervises, its mayor interviews."""
    for area in (world.city, *world.counties):
        leaders = world.leaders[area.pk]
        interview = leaders[0] if area == world.counties[0] else leaders[1]
        for person in (leaders[2], interview):
            _add_account(world, area, person)
        for (owner, key), unit in world.units.items():
            if owner != area.pk or (area == world.city and key in UNNAMED):
                continue
            silent = area == world.city and key in NO_ACCOUNT
            assignments.name_superiors(
                [unit],
                supervision=leaders[3] if silent else leaders[2],
                interview=interview,
                by=world.root,
                at=world.start(),
            )


def _add_account(world: World, area: Area, person: Person) -> None:
    if not Account.objects.filter(person=person).exists():
        add_account(
            username=f"leader-{area.pk}-{person.pk}",
            name=str(person),
            role=Role.LEADER,
            person=person,
            unit=None,
            reads_area=area,
            writes_area=area,
            by=world.root,
            at=world.start(),
        )


def plan_ladder(world: World, agenda: Agenda) -> None:
    """Plan the routine run of the ladder on each morning."""
    for n in range(LAST, -1, -1):
        morning = (world.at - timedelta(days=n)).replace(hour=8, minute=35, second=0, microsecond=0)
        agenda.put(morning, lambda at: run_ladder(at=at))
