"""The rally at which the counties answer for the year's targets, and what they pledged there."""

from datetime import timedelta

from gongjian.campaigns.models import Target
from gongjian.campaigns.states import Horizon
from gongjian.invented_city.world import World
from gongjian.people.models import Area
from gongjian.visits import services as visits
from gongjian.visits.models import Visit
from gongjian.visits.pledges import services as pledges
from gongjian.visits.states import DayPart, NoteHeading, VisitKind

HOURS_AGO = 3  # after the counties have their targets
# How many of its targets of the year each county pledged for, in official order; None is all of them.
PLEDGED = (None, 5, 3, 1)
WORDS = (
    "上下一心拼抢干，确保全年完成。",
    "每周调度、每旬通报，缺口逐户落实到企业。",
    "差距不回避，由我牵头包到底，完不成作检讨。",
    "重点企业一户一策，年底前补齐欠账。",
)
SAID = (
    (0, "全年目标已经分解到县，今天逐县表态，说到就要做到。"),
    (1, "表态当场记成任务，到期由市攻坚办逐条对账。"),
)


def build(world: World) -> None:
    """Hold the rally, with what the leaders asked for and the counties' pledges."""
    at = world.at - timedelta(hours=HOURS_AGO)
    leaders = world.leaders[world.city.pk]
    rally = visits.plan(
        kind=VisitKind.RALLY,
        title=world.say("全市全年目标任务表态动员会"),
        area=world.city,
        starts_on=at.date(),
        ends_on=at.date(),
        part=DayPart.MORNING,
        place=world.say("会议中心"),
        lead=leaders[0],
        participants=leaders[1:],
        enterprises=[],
        campaign=world.campaign,
        by=world.clerk,
        at=at,
    )
    for speaker, text in SAID:
        visits.add_note(
            rally,
            heading=NoteHeading.STATEMENT,
            speaker=leaders[speaker],
            text=world.say(text),
            by=world.clerk,
            at=at,
        )
    for area, number in zip(world.counties, PLEDGED, strict=False):
        _pledge(world, rally, area, number)
    visits.finish(rally, by=world.clerk, at=at + timedelta(hours=2))


def _pledge(world: World, rally: Visit, area: Area, number: int | None) -> None:
    office = world.units[area.pk, "office"]
    held = Target.objects.filter(area=area, unit=None, year=rally.starts_on.year, horizon=Horizon.FULL_YEAR)
    for line, target in enumerate(
        held.select_related("battle", "area").order_by("battle__order", "pk")[:number]
    ):
        pledges.record_pledge(
            rally,
            target=target,
            words=world.say(WORDS[line % len(WORDS)]),
            lead_unit=office,
            responsible_person=world.heads[office.pk][0],
            by=world.clerk,
            at=world.at - timedelta(hours=HOURS_AGO) + timedelta(minutes=5 + line),
        )
