"""Making and issuing bulletins."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.audit.wording import paper_words, source_word
from gongjian.bulletins import perms
from gongjian.bulletins.editing.outline import with_keys
from gongjian.bulletins.editing.services import check_issue
from gongjian.bulletins.events import BulletinEvent
from gongjian.bulletins.models import Bulletin, BulletinKind, BulletinNumber
from gongjian.bulletins.notice_and_special.text import Text, write_notice_text, write_special_text
from gongjian.bulletins.queries import next_issue, same_period
from gongjian.bulletins.weekly_brief import text
from gongjian.bulletins.weekly_brief.numbers import BriefScope
from gongjian.bulletins.wording import head_of, name_of, office_name, title_of
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import office_of

LONGEST = 92  # days one brief may cover


@transaction.atomic
def make_bulletin(
    *,
    kind: BulletinKind = BulletinKind.BRIEF,
    area: Area,
    unit: Unit | None = None,
    first: date,
    last: date,
    issue: int | None = None,
    despite: Bulletin | None = None,
    by: Account,
    at: datetime,
) -> Bulletin:
    """Make a bulletin (简报、通报、专报) of an area for a period: text and numbers as of `at`, each with the records it counts.

    `unit` is whom a special report is about, without it the whole area; `issue` is its number, without it the one after
    the last of its kind; `despite` the bulletin of the same kind and period that is known of.
    """
    perms.check_make(by, area)
    today = timezone.localdate(at)
    _check_span(first, last, today)
    title = title_of(kind, area=area.name, subject=unit.name if unit else "")
    _check_period(same_period(area, first, last, kind=kind, title=title), despite)
    content, numbers = _content(kind, BriefScope(area, first, last, today), unit)
    issue = issue or next_issue(area, last.year, kind)
    check_issue(Bulletin(kind=kind, area=area, year=last.year), issue)
    bulletin = Bulletin.objects.create(
        kind=kind,
        area=area,
        year=last.year,
        issue=issue,
        title=title,
        period_from=first,
        period_to=last,
        as_of=at,
        content=content,
        made_by=by,
        made_at=at,
    )
    BulletinNumber.objects.bulk_create([BulletinNumber(bulletin=bulletin, **number) for number in numbers])
    record(
        BulletinEvent.MADE,
        subject=bulletin,
        by=by,
        at=at,
        kind=source_word(BulletinKind(bulletin.kind).label),
        issue=issue,
        numbers=len(numbers),
        as_of=f"{timezone.localtime(at):%Y-%m-%d %H:%M}",
    )
    return bulletin


def make_brief(
    *,
    area: Area,
    first: date,
    last: date,
    issue: int | None = None,
    despite: Bulletin | None = None,
    by: Account,
    at: datetime,
) -> Bulletin:
    """Make the weekly brief (简报) of an area: a bulletin of the first kind."""
    return make_bulletin(area=area, first=first, last=last, issue=issue, despite=despite, by=by, at=at)


def _content(
    kind: BulletinKind, scope: BriefScope, unit: Unit | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    with paper_words(scope.area.name):
        blocks, numbers = _text(kind, scope, unit)
        return {"blocks": with_keys(blocks), **_head_and_unit(scope.area, kind)}, numbers


def _text(kind: BulletinKind, scope: BriefScope, unit: Unit | None) -> Text:
    if kind == BulletinKind.SPECIAL:
        return write_special_text(scope, unit)
    return write_notice_text(scope) if kind == BulletinKind.NOTICE else text.write_brief_text(scope)


def _check_span(first: date, last: date, today: date) -> None:
    if last < first:
        raise Refused(_("统计结束日期早于开始日期。请对调。"), field="last")
    if (last - first).days >= LONGEST:
        raise Refused(_("一期最多统计 92 天。请缩短期间。"), field="last")
    if first > today:
        raise Refused(_("统计期间还没有开始。请选今天或更早的日期。"), field="first")


def _check_period(same: Bulletin | None, despite: Bulletin | None) -> None:
    if same is not None and (despite is None or despite.pk != same.pk):
        raise Refused(
            _(
                "这段期间已经编过第 %(issue)s 期。要改它请打开它编辑；确要另编一期，请勾选“另编一期”（命令行加 --again）。"
            )
            % {"issue": same.issue},
            field="again",
        )


def _head_and_unit(area: Area, kind: BulletinKind) -> dict[str, str]:
    """The head of the paper and who issues it: the office's own, else the usual words with the name of the area."""
    office = office_of(area)
    head = office.paper_head if office else ""
    return {
        "head": head.replace(name_of(BulletinKind.BRIEF), name_of(kind)) or head_of(area.name, kind),
        "unit": office.name if office and head else office_name(area.name),
    }


@transaction.atomic
def issue_bulletin(bulletin: Bulletin, *, by: Account, at: datetime) -> Bulletin:
    """Issue a bulletin (印发) that a second person has signed, after which it is not changed."""
    perms.check_make(by, bulletin.area)
    bulletin.refresh_from_db(fields=["signed_at", "issued_at"])
    if bulletin.issued_at is not None:
        raise Refused(_("这一期已经印发。需要更正请编下一期。"))
    if bulletin.signed_at is None:
        raise Refused(_("还没有核签。请另一位同志或领导先核签，再印发。"))
    bulletin.issued_at = at
    bulletin.save(update_fields=["issued_at"])
    record(
        BulletinEvent.ISSUED,
        subject=bulletin,
        by=by,
        at=at,
        kind=source_word(BulletinKind(bulletin.kind).label),
        issue=bulletin.issue,
    )
    return bulletin
