"""The counties compared: a scheme signed by another than its author, a guarded list, a draft that waits, published months, an excuse."""

from datetime import date, datetime, timedelta

from django.db.models import Max

from gongjian.engines.standings.library import shipped
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Figure
from gongjian.invented_city.world import World
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.standings import services as standings
from gongjian.standings.models import SchemeVersion

USED = ("ladder", "guarded")
PUBLISHED = 3  # months


def build(world: World) -> None:
    """Draft and sign two schemes, publish the last months of the first, leave a third as a draft."""
    at = world.at - timedelta(hours=20)
    last = Figure.objects.filter(superseded_at__isnull=True).aggregate(month=Max("month"))["month"]
    if last is None:
        return
    signer = Account.objects.filter(role=Role.LEADER, reads_area=world.city, is_active=True).first()
    month = add_months(last, -12)
    for key in (*USED, "counted"):
        version = _drafted(world, key, at=at, month=month)
        if key not in USED or signer is None:
            continue
        version = standings.propose(version, by=world.clerk, at=at)
        version = standings.sign(version, by=signer, at=at + timedelta(hours=1))
        if key == "ladder":
            for back in range(PUBLISHED, 0, -1):
                standings.publish(
                    version.scheme, month=add_months(last, -back), by=world.clerk, at=at + timedelta(hours=2)
                )
    standings.excuse(
        world.counties[-2],
        month=add_months(last, -1),
        reason=world.say("连续强降雨，工业园停产九天"),
        by=world.clerk,
        at=at,
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
