"""The firm's word on the result (企业评价): on a signed slip, by one-time code, by its own account, or in a call-back."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.states import WAITING
from gongjian.audit import Refused, required_text
from gongjian.audit.services import record as record_event
from gongjian.audit.vocabulary import UNHAPPY
from gongjian.audit.wording import source_word
from gongjian.engines.writing.folding import fold_code
from gongjian.enterprises.burden.services import record_asking
from gongjian.enterprises.states import AskingKind
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.dissatisfaction.services import handle_again
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import FirmWord, Problem, WordCode
from gongjian.problems.recording.services import lock_problem
from gongjian.problems.states import Satisfaction, WordMethod

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no character that looks like another
CODE_LENGTH = 8
CODE_DAYS = 30


@transaction.atomic
def issue_code(problem: Problem, *, by: Account, at: datetime) -> str:
    """Issue a one-time code (一次性评价码) for the firm and return it.

    Only its digest is stored; earlier codes stop working.
    """
    problem = lock_problem(problem)
    perms.check_issue_code(by, problem)
    problem.codes.filter(used_at__isnull=True).update(expires_at=at)
    code = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))
    word_code = WordCode.objects.create(
        problem=problem, digest=_digest(code), issued_at=at, expires_at=at + timedelta(days=CODE_DAYS)
    )
    record_asking(kind=AskingKind.WORD, what=problem.number, of=problem.enterprise, by=by, at=at)
    record_event(
        ProblemEvent.CODE_ISSUED,
        subject=problem,
        by=by,
        at=at,
        until=f"{timezone.localtime(word_code.expires_at):%Y-%m-%d}",
    )
    return code


def folded(code: str) -> str:
    """A code in the form used for comparison, where case, dashes and spaces do not count."""
    return fold_code(code)


def _digest(code: str) -> str:
    """What is stored of a code; letter case, spaces and hyphens do not count."""
    return hmac.new(settings.SECRET_KEY.encode(), folded(code).encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def give_word(
    problem: Problem,
    *,
    method: WordMethod | str,
    satisfaction: Satisfaction | str,
    said_by: str,
    note: str = "",
    by: Account,
    at: datetime,
) -> FirmWord:
    """Record the firm's word (企业评价), entered by somebody who is not of a handling unit.

    A dissatisfied firm's problem is handled again at once.
    """
    problem = lock_problem(problem)
    perms.check_give_word(by, problem)
    if method == WordMethod.CODE:
        raise Refused(_("评价码由企业自己输入，不能代填。"), field="method")
    return _record_word(
        problem,
        method=WordMethod(method),
        satisfaction=satisfaction,
        said_by=said_by,
        note=note,
        by=by,
        at=at,
    )


@transaction.atomic
def give_word_by_code(
    code: str, *, satisfaction: Satisfaction | str, said_by: str, note: str = "", at: datetime
) -> FirmWord:
    """Record the word a firm gives with its one-time code."""
    word_code = _usable_code(WordCode.objects.select_for_update(of=("self",)), code, at)
    problem = lock_problem(word_code.problem)
    word_code.used_at = at
    word_code.save(update_fields=["used_at"])
    return _record_word(
        problem, method=WordMethod.CODE, satisfaction=satisfaction, said_by=said_by, note=note, by=None, at=at
    )


def _record_word(
    problem: Problem,
    *,
    method: WordMethod,
    satisfaction: Satisfaction | str,
    said_by: str,
    note: str,
    by: Account | None,
    at: datetime,
) -> FirmWord:
    task = problem.assignment
    assert task is not None  # noqa: S101  checked by both callers
    said_by = required_text(said_by, _("请填写企业评价人的姓名。"), field="said_by")
    satisfaction = Satisfaction(satisfaction)
    if satisfaction == Satisfaction.DISSATISFIED:
        note = required_text(note, _("不满意请说明哪里没有解决，便于重新交办。"), field="note")
    word = FirmWord.objects.create(
        problem=problem,
        round=task.round,
        method=method,
        satisfaction=satisfaction,
        said_by=said_by,
        note=note.strip(),
        entered_by=by,
        at=at,
    )
    in_words = {
        "satisfaction": source_word(satisfaction.label),
        "method": source_word(method.label),
        "said_by": word.said_by,
        "note": f"：{word.note}" if word.note else " ",
    }
    record_event(
        ProblemEvent.WORD_GIVEN, subject=problem, by=by, at=at, word=word.pk, round=word.round, **in_words
    )
    if satisfaction == Satisfaction.DISSATISFIED:
        handle_again(problem, reason=UNHAPPY % {"note": word.note}, at=at)
    return word


@transaction.atomic
def give_own_word(
    problem: Problem,
    *,
    satisfaction: Satisfaction | str,
    said_by: str,
    note: str = "",
    by: Account,
    at: datetime,
) -> FirmWord:
    """Record the word a firm gives with its own account (企业账号), once a round."""
    problem = lock_problem(problem)
    perms.check_own_word(by, problem)
    return _record_word(
        problem,
        method=WordMethod.ACCOUNT,
        satisfaction=satisfaction,
        said_by=said_by,
        note=note,
        by=by,
        at=at,
    )


def _usable_code(rows: QuerySet[WordCode], code: str, at: datetime) -> WordCode:
    """The code's row among these.

    Refused when the code is wrong, used or expired, or the problem is being handled again.
    """
    word_code = rows.filter(digest=_digest(code)).first()
    if word_code is None:
        raise Refused(_("评价码不对。请对照交办单重新输入，不分大小写。"), field="code")
    if word_code.used_at is not None:
        raise Refused(_("这个评价码已经用过。如需再评价，请向攻坚办要新的评价码。"), field="code")
    if word_code.expires_at <= at:
        raise Refused(_("这个评价码已失效。请向攻坚办要新的评价码。"), field="code")
    task = word_code.problem.assignment
    if task is None or task.state not in WAITING:
        raise Refused(_("这件事正在重新办理，办结后再评价。"), field="code")
    return word_code


def problem_of_code(code: str, *, at: datetime) -> Problem:
    """The problem a code is for, shown to the firm before it gives its word; the code stays unused."""
    return _usable_code(WordCode.objects.all(), code, at).problem
