"""Making and issuing bulletins."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.bulletins import perms
from gongjian.bulletins.events import BulletinEvent
from gongjian.bulletins.models import Bulletin, BulletinKind, BulletinNumber
from gongjian.bulletins.vocabulary import HEAD, TITLE, UNIT
from gongjian.bulletins.weekly_brief import text
from gongjian.bulletins.weekly_brief.numbers import BriefScope
from gongjian.people.models import Account, Area
from gongjian.people.queries import office_of

LONGEST = 92  # days one brief may cover


@transaction.atomic
def make_brief(*, area: Area, first: date, last: date, by: Account, at: datetime) -> Bulletin:
    """Make the brief (简报) of an area for a period: text and numbers as of `at`, each with the records it counts."""
    perms.check_make(by, area)
    if last < first:
        raise Refused(_("统计结束日期早于开始日期。请对调。"), field="last")
    if (last - first).days >= LONGEST:
        raise Refused(_("一期简报最多统计 92 天。请缩短期间。"), field="last")
    today = timezone.localdate(at)
    if first > today:
        raise Refused(_("统计期间还没有开始。请选今天或更早的日期。"), field="first")
    blocks, numbers = text.write_brief_text(BriefScope(area, first, last, today))
    issue = (
        Bulletin.objects.filter(area=area, kind=BulletinKind.BRIEF, year=last.year).aggregate(
            last=Max("issue")
        )["last"]
        or 0
    ) + 1
    bulletin = Bulletin.objects.create(
        area=area,
        year=last.year,
        issue=issue,
        title=TITLE.format(area=area.name),
        period_from=first,
        period_to=last,
        as_of=at,
        content={"blocks": blocks, **_head_and_unit(area)},
        made_by=by,
        made_at=at,
    )
    BulletinNumber.objects.bulk_create([BulletinNumber(bulletin=bulletin, **number) for number in numbers])
    record(
        BulletinEvent.MADE,
        subject=bulletin,
        by=by,
        at=at,
        kind=str(bulletin.get_kind_display()),
        issue=issue,
        numbers=len(numbers),
        as_of=f"{timezone.localtime(at):%Y-%m-%d %H:%M}",
    )
    return bulletin


def _head_and_unit(area: Area) -> dict[str, str]:
    """The head of the paper and who issues it: the office's own, else the usual words with the name of the area."""
    office = office_of(area)
    head = office.paper_head if office else ""
    return {
        "head": head or HEAD.format(area=area.name),
        "unit": office.name if office and head else UNIT.format(area=area.name),
    }


@transaction.atomic
def issue_bulletin(bulletin: Bulletin, *, by: Account, at: datetime) -> Bulletin:
    """Issue a bulletin (印发), after which it is not changed."""
    perms.check_make(by, bulletin.area)
    if bulletin.issued_at is not None:
        raise Refused(_("这一期已经印发。需要更正请编下一期。"))
    bulletin.issued_at = at
    bulletin.save(update_fields=["issued_at"])
    record(
        BulletinEvent.ISSUED,
        subject=bulletin,
        by=by,
        at=at,
        kind=str(bulletin.get_kind_display()),
        issue=bulletin.issue,
    )
    return bulletin
