"""Publishing the standings of a month (发布排名): what they said stays, and can be computed again."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.people.models import Account
from gongjian.standings import perms
from gongjian.standings.events import StandingsEvent
from gongjian.standings.models import Publication, Scheme
from gongjian.standings.monthly.queries import scored_months
from gongjian.standings.publications.queries import told


@transaction.atomic
def publish(scheme: Scheme, *, month: date, by: Account, at: datetime) -> Publication:
    """Publish the standings of a month from the figures as they stand now; published again, both stay and the later counts."""
    perms.check_keep(by, scheme.area)
    found = scored_months(scheme, month, as_of=at)
    if found is None:
        raise Refused(_("这个月还没有已审签的方案。请先审签方案。"))
    if not any(row.place for row in found.now.rows):
        raise Refused(_("这个月还排不出名次：数据不全。请先补齐数据。"))
    row = Publication.objects.create(
        version=found.version, month=month, as_of=at, rows=told(found.now), published_by=by, published_at=at
    )
    record(
        StandingsEvent.PUBLISHED,
        subject=row,
        by=by,
        at=at,
        scheme=scheme.name,
        month=f"{month:%Y-%m}",
        areas=len(row.rows),
    )
    return row
