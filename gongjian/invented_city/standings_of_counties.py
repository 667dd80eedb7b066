"""The counties compared: a scheme signed by another than its author, a guarded list, a draft, published months, a commendation."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.utils import timezone

from gongjian.audit.refused import Refused
from gongjian.engines.standings.library import shipped
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Figure
from gongjian.invented_city.world import World
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.standings import services as standings
from gongjian.standings.models import Publication, SchemeVersion

USED = ("ladder", "guarded")
PUBLISHED = 3  # months
PUBLISHED_ON = 25  # of the month after
DAYS_BACK = 60  # since the schemes were signed
STILL_OPEN = 7  # days
LISTS = (("三季度比学赶超先进县区", 20), ("比学赶超红旗奖", 3))  # and how many days ago each was drafted


def build(world: World) -> None:
    """Draft and sign two schemes, publish the last months of the first, leave a third as a draft, commend a county."""
    at = world.at - timedelta(days=DAYS_BACK)
    last = Figure.objects.filter(superseded_at__isnull=True).aggregate(month=Max("month"))["month"]
    signer = Account.objects.filter(role=Role.LEADER, reads_area=world.city, is_active=True).first()
    if last is None or signer is None:
        return
    for key in (*USED, "counted"):
        version = _drafted(world, key, at=at, month=add_months(last, -12))
        if key in USED:
            version = standings.propose(version, by=world.clerk, at=at)
            version = standings.sign(version, by=signer, at=at + timedelta(hours=1))
        if key == "ladder":
            published = _publish(world, version, last)
            if published is not None:
                _commend(world, published, signer)
    standings.excuse(
        world.counties[-2],
        month=add_months(last, -1),
        reason=world.say("连续强降雨，工业园停产九天"),
        by=world.clerk,
        at=world.at - timedelta(hours=20),
    )


def _drafted(world: World, key: str, *, at: datetime, month: date) -> SchemeVersion:
    table = shipped()[key]
    return standings.draft_scheme(
        name=world.say(table["name"]),
        english=table["english"],
        like=key,
        area=world.city,
        month=month,
        by=world.clerk,
        at=at,
    )


def _publish(world: World, version: SchemeVersion, last: date) -> Publication | None:
    """Publish the last months but one, each when its figures were in; returns the last of those that had enough of them."""
    row = None
    for back in range(PUBLISHED, 0, -1):
        month = add_months(last, -back)
        day = add_months(month, 1).replace(day=PUBLISHED_ON)
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        at = min(max(noon, world.at - timedelta(days=DAYS_BACK - 1)), world.at)
        with suppress(Refused):  # a month of which January has no figures of its own
            row = standings.publish(version.scheme, month=month, by=world.clerk, at=at)
    return row


def _commend(world: World, published: Publication, signer: Account) -> None:
    """The first of the two groups are commended; one objection was answered; one list more is still open."""
    first = [row["area"] for row in published.rows if row["place"] == 1]
    areas = [area for area in world.counties if area.pk in first]
    for title, days in LISTS:
        at = world.at - timedelta(days=days)
        row = standings.draft_commendation(
            title=world.say(title),
            basis=world.say("安川市比学赶超办法（虚构）"),
            area=world.city,
            by=world.clerk,
            at=at,
        )
        lines = [
            standings.add_commended(
                row,
                area=area,
                unit=None,
                merit=world.say("同组第一，主要指标增速居前"),
                publication=published,
                figure=None,
                by=world.clerk,
                at=at,
            )
            for area in areas
        ]
        until = timezone.localdate(at) + timedelta(days=STILL_OPEN)
        row = standings.open_to_objections(row, until=until, by=world.clerk, at=at)
        made = standings.object_to(
            lines[0],
            text=world.say("投资数据后来调整过，请核对"),
            by=world.clerks[world.counties[2].pk],
            at=at + timedelta(days=1),
        )
        if days > STILL_OPEN:
            standings.answer_objection(
                made,
                verdict="REJECTED",
                answer=world.say("已核对，调整后名次不变"),
                by=world.clerk,
                at=at + timedelta(days=2),
            )
            standings.confirm(row, by=signer, at=at + timedelta(days=9))
