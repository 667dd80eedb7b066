"""Meetings of the campaign, and visits planned for today and the coming days."""

from datetime import timedelta

from gongjian.invented_city.world import World
from gongjian.visits import services as visits
from gongjian.visits.states import DayPart, NoteHeading, VisitKind


def build(world: World) -> None:
    """Record past meetings and plan visits for today and the coming days."""
    _rallies(world)
    _planned(world)


def _rallies(world: World) -> None:
    start = world.start() + timedelta(days=1)
    for area, kind, title in [
        (world.city, VisitKind.RALLY, world.say("全市全力拼经济打赢十大攻坚战动员大会")),
        *[
            (county, VisitKind.CADRE, world.say("{area}三级干部会", area=county.name))
            for county in world.counties
        ],
    ]:
        clerk = world.clerk if area == world.city else world.clerks[area.pk]
        visit = visits.plan(
            kind=kind,
            title=title,
            area=area,
            starts_on=start.date(),
            ends_on=start.date(),
            part=DayPart.MORNING,
            place=world.say("会议中心"),
            lead=world.leaders[area.pk][0],
            participants=world.leaders[area.pk][1:],
            enterprises=[],
            campaign=world.campaign,
            by=clerk,
            at=start,
        )
        visits.add_note(
            visit,
            heading=NoteHeading.STATEMENT,
            speaker=world.leaders[area.pk][0],
            text=world.say("把拼经济的责任扛在肩上，现场办公、马上交办、限时解决。"),
            by=clerk,
            at=start,
        )
        visits.finish(visit, by=clerk, at=start + timedelta(hours=2))


def _planned(world: World) -> None:
    dice = world.dice
    for n in range(12):
        county = world.counties[n % len(world.counties)]
        firms = [f for f in world.firms if f.area.path.startswith(county.path)]
        lead = dice.choice(world.leaders[county.pk])
        chosen = dice.sample(firms, k=2)
        day = world.at.date() + timedelta(days=n // 3)
        visits.plan(
            kind=VisitKind.VISIT,
            title=world.say("{lead}走访{firm}等企业", lead=lead, firm=chosen[0]),
            area=county,
            starts_on=day,
            ends_on=day,
            part=DayPart.AFTERNOON if n % 2 else DayPart.MORNING,
            place=chosen[0].area.name,
            lead=lead,
            participants=dice.sample(world.officers, k=2),
            enterprises=chosen,
            campaign=world.campaign,
            by=world.clerks[county.pk],
            at=world.at - timedelta(hours=2),
        )
