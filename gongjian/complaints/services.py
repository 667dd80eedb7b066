"""Making, answering and reopening complaints."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.complaints import perms
from gongjian.complaints.calendar.services import due_of
from gongjian.complaints.events import ComplaintEvent
from gongjian.complaints.models import Complaint, EarlierAnswer
from gongjian.complaints.notices_to_units import tell_answered, tell_waiting
from gongjian.complaints.queries import digest_of
from gongjian.complaints.states import ComplaintKind, ComplaintOutcome
from gongjian.engines.writing.excerpts import excerpt
from gongjian.people.models import Account, Area, Unit

LONGEST_IN_EVENT = 80
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no character that looks like another
CODE_LENGTH = 10


@transaction.atomic
def complain(
    *,
    kind: ComplaintKind | str,
    text: str,
    page: str = "",
    about_unit: Unit | None = None,
    nameless: bool,
    by: Account,
    at: datetime,
) -> tuple[Complaint, str]:
    """Record a complaint or suggestion (投诉建议); returns it with its receipt code.

    A nameless one holds nothing that leads back to a person: no account, the whole city as its area. Only it gets a
    receipt code, to ask for the answer with; otherwise the code is empty.
    """
    text = required_text(text, _("请写明情况：哪张表、谁要的、多久要一次，越具体越好改。"), field="text")
    day = timezone.localdate(at)
    code = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH)) if nameless else ""
    complaint = Complaint.objects.create(
        kind=kind,
        text=text.strip(),
        page="" if nameless else page[:200],
        about_unit=about_unit,
        area=_area(by, nameless=nameless),
        made_by=None if nameless else by,
        receipt=digest_of(code) if code else "",
        made_on=day,
        due_on=due_of(day),
    )
    event_data = {
        "kind": source_word(ComplaintKind(kind).label),
        "text": excerpt(complaint.text, LONGEST_IN_EVENT),
    }
    moment = _moment(at, nameless=nameless)
    record(ComplaintEvent.MADE, subject=complaint, by=None if nameless else by, at=moment, **event_data)
    tell_waiting(complaint, at=moment)
    return complaint, code


def _moment(at: datetime, *, nameless: bool) -> datetime:
    """The moment for the event: noon for a nameless complaint, because the hour could tell who made it."""
    moment = timezone.localtime(at)
    return moment.replace(hour=12, minute=0, second=0, microsecond=0) if nameless else moment


def _area(by: Account, *, nameless: bool) -> Area:
    """The area whose office answers: that of the account, or for a nameless complaint the whole city."""
    own = by.unit.area if by.unit is not None else by.reads_area
    if own is None or nameless:
        root = Area.objects.filter(depth=1)
        city: Area | None = (
            root.filter(path=own.path[: Area.steplen]).first() if own is not None else root.first()
        )
        if city is None:
            raise Refused(_("系统里还没有地区。请先请系统管理员建立地区。"))
        return city
    return own


@transaction.atomic
def answer(
    complaint: Complaint, *, outcome: ComplaintOutcome | str, text: str, by: Account, at: datetime
) -> Complaint:
    """Answer a complaint (答复), saying what was decided and what changes."""
    complaint = Complaint.objects.select_for_update(of=("self",)).select_related("area").get(pk=complaint.pk)
    perms.check_answer(by, complaint)
    text = required_text(text, _("请写明怎么处理、什么时候改好。"), field="text")
    complaint.outcome, complaint.answer = ComplaintOutcome(outcome), text.strip()
    complaint.answered_by, complaint.answered_on = by, timezone.localdate(at)
    complaint.save(update_fields=["outcome", "answer", "answered_by", "answered_on"])
    event_data = {
        "outcome": source_word(ComplaintOutcome(outcome).label),
        "answer": complaint.answer[:LONGEST_IN_EVENT],
    }
    record(ComplaintEvent.ANSWERED, subject=complaint, by=by, at=at, **event_data)
    tell_answered(complaint, by=by, at=at)
    return complaint


@transaction.atomic
def reopen(complaint: Complaint, *, reason: str, by: Account | None, at: datetime) -> Complaint:
    """Reopen a complaint whose answer is not accepted (重开). The answer is kept, and another person answers by a new due day.

    `by` is None for somebody who holds the receipt code of a nameless complaint.
    """
    complaint = Complaint.objects.select_for_update(of=("self",)).select_related("area").get(pk=complaint.pk)
    perms.check_reopen(by, complaint)
    reason = required_text(reason, _("请写明答复哪里没有解决问题。"), field="reason")
    assert complaint.answered_by is not None  # noqa: S101  checked above
    assert complaint.answered_on is not None  # noqa: S101  the same
    day, nameless = timezone.localdate(at), complaint.made_by_id is None and by is None
    EarlierAnswer.objects.create(
        complaint=complaint,
        round=complaint.round,
        outcome=complaint.outcome,
        answer=complaint.answer,
        answered_by=complaint.answered_by,
        answered_on=complaint.answered_on,
        reason=reason.strip(),
        reopened_on=day,
    )
    complaint.round, complaint.due_on = complaint.round + 1, due_of(day)
    complaint.outcome, complaint.answer, complaint.answered_by, complaint.answered_on = "", "", None, None
    complaint.save()
    moment = _moment(at, nameless=nameless)
    event_data = {"round": complaint.round, "reason": reason.strip()[:LONGEST_IN_EVENT]}
    record(ComplaintEvent.REOPENED, subject=complaint, by=by, at=moment, **event_data)
    tell_waiting(complaint, at=moment)
    return complaint
