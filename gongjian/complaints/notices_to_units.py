"""Notices about a complaint (通知): to the office that must answer, and to a complainant who gave a name."""

from datetime import datetime

from django.utils.translation import gettext_noop

from gongjian.complaints.models import Complaint
from gongjian.notices import services as notices
from gongjian.notices.states import NoticeKind
from gongjian.notices.withdrawals.services import withdraw
from gongjian.people.models import Account, Unit
from gongjian.people.queries import reads
from gongjian.people.states import Role, UnitKind

CAME = gettext_noop("收到投诉建议%(number)s，请在%(due)s前答复。")
AGAIN = gettext_noop("投诉建议%(number)s不同意答复，已重开，请在%(due)s前由别人答复。")
MOVED = gettext_noop("放假安排公布，投诉建议%(number)s的答复时限改为%(due)s。")
ANSWERED = gettext_noop("您的投诉建议%(number)s已答复：%(answer)s")
NAMELESS = gettext_noop("匿名投诉建议%(number)s已答复，投诉人凭查询码看答复。")
SHOWN = 60


def _answerers(complaint: Complaint) -> list[Account | Unit]:
    """Who must answer: the office of the area unless the complaint is about it.

    Without an office, the auditors.
    """
    offices = Unit.objects.filter(kind=UnitKind.OFFICE, area=complaint.area, disabled_on__isnull=True)
    answerers: list[Account | Unit] = list(offices.exclude(pk=complaint.about_unit_id or 0))
    auditors = Account.objects.filter(role=Role.AUDITOR, is_active=True).select_related("reads_area")
    return answerers or [auditor for auditor in auditors if reads(auditor, complaint.area)]


def _key(complaint: Complaint, what: str) -> str:
    return f"complaint-{what}-{complaint.pk}-{complaint.round}"


def tell_waiting(complaint: Complaint, *, at: datetime) -> None:
    """Notify those who must answer that a complaint is waiting, for the first time or again.

    Nobody is named as the sender.
    """
    notices.notify(
        to=_answerers(complaint),
        key=_key(complaint, "waits"),
        kind=NoticeKind.TASK,
        sentence=CAME if complaint.round == 1 else AGAIN,
        values={"number": complaint.number, "due": complaint.due_on.isoformat()},
        subject=complaint,
        by=None,
        at=at,
    )


def tell_moved(complaint: Complaint, *, at: datetime) -> None:
    """Notify those who must answer that the due day was counted anew."""
    due = complaint.due_on.isoformat()
    notices.notify(
        to=_answerers(complaint),
        key=f"{_key(complaint, 'moved')}-{due}",
        kind=NoticeKind.TASK,
        sentence=MOVED,
        values={"number": complaint.number, "due": due},
        subject=complaint,
        by=None,
        at=at,
    )


def tell_answered(complaint: Complaint, *, by: Account, at: datetime) -> None:
    """Notify the complainant, or the office for a nameless complaint, of the answer.

    The notice that it waits is withdrawn.
    """
    withdraw(keys=[_key(complaint, "waits")], kind=NoticeKind.TASK, by=by, at=at)
    maker = complaint.made_by
    notices.notify(
        to=[maker] if maker else _answerers(complaint),
        key=_key(complaint, "answered"),
        kind=NoticeKind.OUTCOME,
        sentence=ANSWERED if maker else NAMELESS,
        values={"number": complaint.number, "answer": complaint.answer[:SHOWN]},
        subject=complaint,
        by=by,
        at=at,
    )
