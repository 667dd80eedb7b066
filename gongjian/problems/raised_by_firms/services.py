"""A firm raises a problem from its own page (企业自报); the office hands it over, answers it, or declines it with a reason."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongjian.attachments import services as attachments
from gongjian.attachments.services import Upload
from gongjian.audit import Refused, required_text
from gongjian.audit.services import record as record_event
from gongjian.enterprises.models import Enterprise
from gongjian.notices import services as notices
from gongjian.notices.states import NoticeKind
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem
from gongjian.problems.queries import waiting_of
from gongjian.problems.recording.services import SHOWN, locked, note
from gongjian.problems.states import Channel, ProblemKind

MOST_WAITING = 20  # of one firm, not yet handed over: what comes after goes into one of them


@transaction.atomic
def raise_own(
    *,
    text: str,
    kind: ProblemKind | str = ProblemKind.DIFFICULTY,
    raised_by: str = "",
    files: Iterable[Upload] = (),
    key: str,
    by: Account,
    at: datetime,
) -> Problem:
    """The firm itself says what is wrong (企业自报). `key` names one opened form: sent twice it stays one problem."""
    firm = Enterprise.objects.select_for_update(of=("self",)).filter(accounts__account=by).first()
    firm = perms.check_raise(by, firm)
    sent = Problem.objects.filter(sent_as=key).first()
    if sent is not None and (sent.enterprise_id, sent.text) == (firm.pk, text.strip()):
        return sent
    _check_new(firm, text.strip())
    problem = note(
        enterprise=firm,
        area=firm.area,
        text=text,
        kind=kind,
        raised_by=raised_by.strip(),
        channel=Channel.FIRM,
        sent_as=key if key and sent is None else str(uuid4()),
        by=by,
        at=at,
    )
    for one in files:
        attachments.attach(problem, one, by=by, at=at)
    return problem


def _check_new(firm: Enterprise, text: str) -> None:
    """Not what already waits in the same words, nor more than the office can look through."""
    waiting = waiting_of(firm)
    twin = next((one for one in waiting if one.text == text), None)
    if twin is not None:
        raise Refused(
            _("同样的问题已经提过（%(number)s），正在等待交办，不用再提。") % {"number": twin.number},
            field="text",
        )
    if len(waiting) >= MOST_WAITING:
        raise Refused(
            _("已有 %(n)s 个问题等待交办。请等攻坚办处理后再提，急事请打电话。") % {"n": MOST_WAITING}
        )


@transaction.atomic
def decline(problem: Problem, *, reason: str, by: Account, at: datetime) -> Problem:
    """Not taken up (不予受理): the firm reads the reason on its page and in its inbox."""
    problem = locked(problem)
    perms.check_decline(by, problem)
    reason = required_text(
        reason, _("请写明为什么不受理、企业可以怎么办。企业会看到这段话。"), field="reason"
    )
    problem.declined, problem.answered_on, problem.answer = True, timezone.localdate(at), reason.strip()
    problem.save(update_fields=["declined", "answered_on", "answer"])
    record_event(ProblemEvent.DECLINED, subject=problem, by=by, at=at, reason=problem.answer[:SHOWN])
    notices.notify(
        to=Account.objects.filter(speaks_for__enterprise=problem.enterprise, is_active=True),
        key=f"declined-{problem.pk}",
        kind=NoticeKind.OUTCOME,
        sentence=gettext_noop("您提的%(number)s“%(text)s”不予受理：%(reason)s"),
        values={"number": problem.number, "text": problem.text[:30], "reason": problem.answer},
        subject=problem,
        by=by,
        at=at,
    )
    return problem
