"""Editing a bulletin before it is issued, its versions, and the signature of a second person."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import changed
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.bulletins import perms
from gongjian.bulletins.editing.outline import Block, anchors, as_text
from gongjian.bulletins.events import BulletinEvent
from gongjian.bulletins.models import Bulletin, BulletinKind, BulletinVersion
from gongjian.people.models import Account

EDITED = ("title", "issue", "content")
ISSUED = gettext_lazy("这一期已经印发，不能再改。需要更正请编下一期。")


@transaction.atomic
def edit_bulletin(
    bulletin: Bulletin,
    *,
    title: str,
    issue: int,
    receivers: Iterable[str],
    blocks: list[Block],
    by: Account,
    at: datetime,
) -> Bulletin:
    """Change what a bulletin says before it is issued; the state is kept as a version, a signature is taken back."""
    row = _open(bulletin, by)
    _check_numbers(blocks)
    check_issue(row, issue)
    title = required_text(title, _("请填写标题。"), field="title")
    content = {
        **row.content,
        "blocks": blocks,
        "sent_to": [line.strip() for line in receivers if line.strip()],
    }
    facts = {"title": title, "issue": issue, "content": content}
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    return _save(row, facts, event=BulletinEvent.EDITED, by=by, at=at)


@transaction.atomic
def restore_version(version: BulletinVersion, *, by: Account, at: datetime) -> Bulletin:
    """Go back to a version; the state before stays as a version as well."""
    row = _open(version.bulletin, by)
    check_issue(row, version.issue)
    facts = {name: getattr(version, name) for name in EDITED}
    return _save(row, facts, event=BulletinEvent.RESTORED, by=by, at=at, back_to=version.number)


@transaction.atomic
def sign_bulletin(bulletin: Bulletin, *, by: Account, at: datetime) -> Bulletin:
    """Sign a bulletin off (核签): a second person has read it and lets it go out."""
    row = Bulletin.objects.select_for_update(of=("self",)).select_related("area").get(pk=bulletin.pk)
    perms.check_sign(by, row)
    if row.issued_at or row.signed_at:
        raise Refused(_("这一期已经核签，不用再签。"))
    row.signed_by, row.signed_at = by, at
    row.save(update_fields=["signed_by", "signed_at"])
    kind = source_word(BulletinKind(row.kind).label)
    record(BulletinEvent.SIGNED, subject=row, by=by, at=at, kind=kind, issue=row.issue)
    return row


def check_issue(bulletin: Bulletin, issue: int) -> None:
    """Raise Refused where another bulletin of the area and year has this number."""
    others = Bulletin.objects.filter(area=bulletin.area, kind=bulletin.kind, year=bulletin.year, issue=issue)
    if issue < 1 or others.exclude(pk=bulletin.pk).exists():
        raise Refused(
            _("%(year)s年第 %(issue)s 期已经有了。请换一个期号。") % {"year": bulletin.year, "issue": issue},
            field="issue",
        )


def _open(bulletin: Bulletin, by: Account) -> Bulletin:
    row = Bulletin.objects.select_for_update(of=("self",)).select_related("area").get(pk=bulletin.pk)
    perms.check_make(by, row.area)
    if row.issued_at is not None:
        raise Refused(str(ISSUED))
    return row


def _check_numbers(blocks: list[Block]) -> None:
    twice = [anchor for anchor, times in Counter(anchors(blocks)).items() if times > 1]
    if twice:
        raise Refused(
            _("数字 %(key)s 在正文里用了两次。请删去一处，或把一处写成普通文字。") % {"key": twice[0]}
        )
    if not blocks:
        raise Refused(_("正文没有内容。请至少留一段。"))


def _save(
    row: Bulletin, facts: dict[str, Any], *, event: BulletinEvent, by: Account, at: datetime, **more: Any
) -> Bulletin:
    versions = BulletinVersion.objects.filter(bulletin=row)
    last = versions.count()
    if not last:  # the bulletin as it was made
        _keep(row, 1, by=row.made_by, at=row.made_at)
        last = 1
    before = _in_words(row)
    for name, value in facts.items():
        setattr(row, name, value)
    changes = changed(row, before, _in_words(row))
    row.edited_by, row.signed_by, row.signed_at = by, None, None
    row.save(update_fields=[*facts, "edited_by", "signed_by", "signed_at"])
    _keep(row, last + 1, by=by, at=at)
    kind = source_word(BulletinKind(row.kind).label)
    record(event, subject=row, by=by, at=at, kind=kind, issue=row.issue, version=last + 1, **changes, **more)
    return row


def _in_words(row: Bulletin) -> dict[str, Any]:
    """What a reader of the trail compares: the parts as text, not as stored."""
    parts = row.content.get("blocks", [])
    receivers = row.content.get("sent_to", [])
    text = "\n".join([*(as_text(block) for block in parts), *receivers])
    return {"title": row.title, "issue": row.issue, "content": text}


def _keep(row: Bulletin, number: int, *, by: Account, at: datetime) -> None:
    facts = {name: getattr(row, name) for name in EDITED}
    BulletinVersion.objects.create(bulletin=row, number=number, saved_by=by, saved_at=at, **facts)
