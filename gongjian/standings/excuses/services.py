"""Recording what nobody could prevent (不可抗力)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.people.models import Account, Area
from gongjian.standings import perms
from gongjian.standings.events import StandingsEvent
from gongjian.standings.models import Excuse


@transaction.atomic
def excuse(area: Area, *, month: date, reason: str, by: Account, at: datetime) -> Excuse:
    """Record that an area was hit in a month by what nobody could prevent; only the office above it may."""
    above = Area.objects.filter(path=area.path[: -Area.steplen]).first()
    perms.check_keep(by, above or area)
    reason = required_text(reason, _("请写情况说明，如“洪灾停产十二天”。"), field="reason")
    if Excuse.objects.filter(area=area, month=month).exists():
        raise Refused(_("%(area)s这个月已经登记过。") % {"area": area}, field="month")
    row = Excuse.objects.create(area=area, month=month, reason=reason, recorded_by=by, recorded_at=at)
    record(
        StandingsEvent.EXCUSED,
        subject=row,
        by=by,
        at=at,
        area=area.name,
        month=f"{month:%Y-%m}",
        reason=reason,
    )
    return row
