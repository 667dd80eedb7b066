"""Who supervises whom in the invented city, and the ladder as it was climbed in the last weeks."""

from datetime import timedelta

from gongjian.assignments import services as assignments
from gongjian.assignments.escalation.services import run_ladder
from gongjian.invented_city.agenda import Agenda
from gongjian.invented_city.world import World
from gongjian.people.accounts.services import add_account
from gongjian.people.models import Account, Area, Person
from gongjian.people.states import Role

LAST = 30  # days in which the scheduler ran
UNNAMED = ("transport", "education")  # departments of the city that named nobody: a fault to be found
NO_ACCOUNT = ("housing",)  # and one whose superior cannot sign in


def build(world: World) -> None:
    """Each area's deputy supervises, its mayor interviews (the first county's secretary does it himself)."""
    for area in (world.city, *world.counties):
        leaders = world.leaders[area.pk]
        interview = leaders[0] if area == world.counties[0] else leaders[1]
        for person in (leaders[2], interview):
            _door(world, area, person)
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


def _door(world: World, area: Area, person: Person) -> None:
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


def plan(world: World, agenda: Agenda) -> None:
    """The routine run of each morning."""
    for n in range(LAST, -1, -1):
        morning = (world.at - timedelta(days=n)).replace(hour=8, minute=35, second=0, microsecond=0)
        agenda.put(morning, lambda at: run_ladder(at=at))
