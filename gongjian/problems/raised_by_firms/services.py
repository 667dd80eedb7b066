"""Problems that firms raise from their own page (企业自报).

The office hands them over, answers them or declines them with a reason.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongjian.attachments import services as attachments
from gongjian.attachments.services import AcceptedFile
from gongjian.audit import Refused, required_text
from gongjian.audit.services import record as record_event
from gongjian.engines.writing.excerpts import excerpt
from gongjian.enterprises.models import Enterprise
from gongjian.notices import services as notices
from gongjian.notices.states import NoticeKind
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem
from gongjian.problems.queries import waiting_problems
from gongjian.problems.recording.services import LONGEST_IN_EVENT, create_problem, lock_problem
from gongjian.problems.states import Channel, ProblemKind

MOST_WAITING = 20  # problems of one firm that wait to be handed over; no more are taken until some have been


@transaction.atomic
def raise_own(
    *,
    text: str,
    kind: ProblemKind | str = ProblemKind.DIFFICULTY,
    raised_by: str = "",
    files: Iterable[AcceptedFile] = (),
    key: str,
    by: Account,
    at: datetime,
) -> Problem:
    """Record a problem the firm raises itself (企业自报).

    `key` names one opened form, so that sending it twice makes one problem.
    """
    firm = Enterprise.objects.select_for_update(of=("self",)).filter(accounts__account=by).first()
    firm = perms.check_raise(by, firm)
    sent = Problem.objects.filter(sent_as=key).first()
    if sent is not None and (sent.enterprise_id, sent.text) == (firm.pk, text.strip()):
        return sent
    _check_new(firm, text.strip())
    problem = create_problem(
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
    for file in files:
        attachments.attach(problem, file, by=by, at=at)
    return problem


def _check_new(firm: Enterprise, text: str) -> None:
    """Refused when the same text waits already, or when too many problems of the firm wait."""
    waiting = waiting_problems(firm)
    same = next((problem for problem in waiting if problem.text == text), None)
    if same is not None:
        raise Refused(
            _("同样的问题已经提过（%(number)s），正在等待交办，不用再提。") % {"number": same.number},
            field="text",
        )
    if len(waiting) >= MOST_WAITING:
        raise Refused(
            _("已有 %(n)s 个问题等待交办。请等攻坚办处理后再提，急事请打电话。") % {"n": MOST_WAITING}
        )


@transaction.atomic
def decline(problem: Problem, *, reason: str, by: Account, at: datetime) -> Problem:
    """Decline a problem a firm raised itself (不予受理).

    The firm reads the reason on its page and in its inbox.
    """
    problem = lock_problem(problem)
    perms.check_decline(by, problem)
    reason = required_text(
        reason, _("请写明为什么不受理、企业可以怎么办。企业会看到这段话。"), field="reason"
    )
    problem.declined, problem.answered_on, problem.answer = True, timezone.localdate(at), reason.strip()
    problem.save(update_fields=["declined", "answered_on", "answer"])
    record_event(
        ProblemEvent.DECLINED, subject=problem, by=by, at=at, reason=problem.answer[:LONGEST_IN_EVENT]
    )
    notices.notify(
        to=Account.objects.filter(speaks_for__enterprise=problem.enterprise, is_active=True),
        key=f"declined-{problem.pk}",
        kind=NoticeKind.OUTCOME,
        sentence=gettext_noop("您提的%(number)s“%(text)s”不予受理：%(reason)s"),
        values={"number": problem.number, "text": excerpt(problem.text, 30), "reason": problem.answer},
        subject=problem,
        by=by,
        at=at,
    )
    return problem
