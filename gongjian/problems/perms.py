"""Who may record a problem, hand it over, enter the firm's word, close it."""

from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import ENDED, RUNNING, WAITING, Source, State
from gongjian.attachments.models import Attachment
from gongjian.audit import Refused, passes
from gongjian.audit.queries import events_of
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area
from gongjian.people.queries import reads, writes
from gongjian.people.states import Role
from gongjian.problems.common_problems.member_words import member_consent
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import CallBack, CommonProblem, Problem
from gongjian.problems.states import CallBackResult, CommonState, Satisfaction

RECORDERS = (Role.CLERK, Role.LEADER, Role.OFFICER)


def check_record(account: Account, area: Area) -> None:
    """Clerks, leaders and service officers of the area, and systems that may push there, record problems."""
    if account.role not in (*RECORDERS, Role.SYSTEM) or not writes(account, area):
        raise Refused(
            _("只有%(area)s攻坚办、带队领导或首席服务官可以记录问题。请把情况告诉攻坚办。") % {"area": area}
        )


def check_update(account: Account, problem: Problem) -> None:
    """Whoever may record a problem may correct it, until it is handed over or answered."""
    check_record(account, problem.area)
    if problem.assignment_id is not None or problem.answered_on is not None:
        raise Refused(_("问题已经交办或答复，不能再改文字。需要补充请写在进展里。"))


def check_take_back(account: Account, problem: Problem) -> None:
    """Whoever recorded problems of the area may take one back on which nothing was built."""
    check_update(account, problem)
    others = events_of(problem).exclude(name=ProblemEvent.RECORDED.value).exists()
    files = Attachment.objects.filter(subject_kind=problem._meta.label_lower, subject_id=problem.pk).exists()
    if (
        others
        or files
        or problem.common_id is not None
        or problem.words.exists()
        or problem.call_backs.exists()
    ):
        raise Refused(
            _("问题 %(number)s 已有人接着做了，不能收回。请在问题页处理。") % {"number": problem.number}
        )


def check_wording(problem: Problem, text: str) -> None:
    """The wording of a problem that a firm raised itself is never changed."""
    if problem.raised_itself and text != problem.text:
        raise Refused(_("这是企业自己写的，文字不能改。可以改类别，需要补充请写在任务里。"), field="text")


def check_answer(account: Account, problem: Problem) -> None:
    """Whoever may correct a problem may answer it on the spot instead of handing it over."""
    check_update(account, problem)


def check_raise(account: Account, firm: Enterprise | None) -> Enterprise:
    """A firm's own account raises problems, unless the firm was merged into another. Returns the firm."""
    if account.role != Role.ENTERPRISE or firm is None:
        raise Refused(_("这里由企业自己提问题。您的账号没有关联企业，请联系攻坚办。"))
    if firm.merged_into_id is not None:
        raise Refused(_("%(firm)s已并入别的企业，不能再提。请联系攻坚办更正账号。") % {"firm": firm})
    return firm


def check_decline(account: Account, problem: Problem) -> None:
    """Whoever may hand a problem over may decline it instead, but only one that the firm raised itself."""
    check_hand_over(account, problem)
    if not problem.raised_itself:
        raise Refused(_("只有企业自己提的问题可以不予受理。走访记下的请交办或现场答复。"))


def may_hand_over_in(account: Account, area: Area) -> bool:
    """Whether the account hands over problems of the area: its clerk, or a leader who reads it."""
    clerk = account.role == Role.CLERK and writes(account, area)
    return clerk or (account.role == Role.LEADER and reads(account, area))


def check_hand_over(account: Account, problem: Problem) -> None:
    """A clerk or leader of the area hands a problem over, once, and neither after an answer nor after declining it."""
    if not may_hand_over_in(account, problem.area):
        raise Refused(_("只有攻坚办或带队领导可以现场交办。请把情况告诉攻坚办。"))
    if problem.assignment_id is not None:
        raise Refused(_("这个问题已经交办过。要换单位请用“改派”。"))
    if problem.declined:
        raise Refused(_("这个问题已经不予受理并告知企业。企业可以补充后再提。"))
    if problem.answered_on is not None:
        raise Refused(_("这个问题已经现场答复，不用交办。企业仍不满意，请另记一个问题。"))


def check_join(account: Account, task: Assignment) -> None:
    """A clerk of the area puts a problem under an assignment that came from a problem and still runs."""
    if account.role != Role.CLERK or not writes(account, task.area):
        raise Refused(_("只有攻坚办可以把问题并入已有任务。"))
    if task.source != Source.PROBLEM or task.state not in RUNNING:
        raise Refused(_("只能并入还在办理的问题交办。请单独交办。"))


def check_group(account: Account, area: Area) -> None:
    """A clerk whose area holds a common problem confirms, changes and closes it."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("共性问题由%(area)s攻坚办确认和处理。请联系攻坚办。") % {"area": area})


can_group = passes(check_group)


def check_give_word(account: Account, problem: Problem) -> None:
    """The firm's word is entered after the task is resolved, by a recorder who is not of a handling unit."""
    task = problem.assignment
    if task is None or task.state not in WAITING:
        raise Refused(_("办结以后才能记企业评价。请等承办单位办结。"))
    if account.role not in RECORDERS or not writes(account, problem.area):
        raise Refused(_("企业评价要由攻坚办、带队领导或首席服务官录入。"))
    handlers = {task.lead_unit_id, *(unit.pk for unit in task.supporting_units.all())}
    if account.unit_id in handlers:
        raise Refused(_("承办单位的人不能录入企业评价。请由攻坚办其他人员录入，或请企业用评价码。"))


def check_own_word(account: Account, problem: Problem) -> None:
    """The firm's own account gives its word after the task is resolved, once a round."""
    own = account.role == Role.ENTERPRISE and problem.enterprise.accounts.filter(account=account).exists()
    if not own:
        raise Refused(_("只有反映问题的企业可以在这里评价。"))
    task = problem.assignment
    if task is None or task.state not in WAITING:
        raise Refused(_("办结以后才能评价。请等承办单位办结。"))
    if problem.words.filter(round=task.round).exists():
        raise Refused(_("本轮已经评价过。需要更正请联系攻坚办。"))


def check_issue_code(account: Account, problem: Problem) -> None:
    """A clerk who may enter the firm's word may issue a code for it."""
    check_give_word(account, problem)
    if account.role != Role.CLERK:
        raise Refused(_("评价码由攻坚办发出。请联系攻坚办。"))


def check_attach(account: Account, problem: Problem) -> None:
    """Whoever records in the area or works on the problem adds files; the firm does until it is settled."""
    if account.role == Role.ENTERPRISE and problem.enterprise.accounts.filter(account=account).exists():
        if problem.answered_on is not None or (problem.assignment and problem.assignment.state in ENDED):
            raise Refused(_("这个问题已经办完，不能再加附件。还有情况请另提一个问题。"))
        return
    if account.role in RECORDERS and (writes(account, problem.area) or reads(account, problem.area)):
        return
    if problem.assignment is None:
        raise Refused(_("附件由攻坚办、带队领导、首席服务官或承办单位添加。"))
    perms.check_attach(account, problem.assignment)


can_attach = passes(check_attach)


def check_draw(account: Account, area: Area) -> None:
    """A clerk of the area draws samples for call-backs."""
    if account.role != Role.CLERK or not writes(account, area):
        raise Refused(_("只有攻坚办可以抽样。请联系%(area)s攻坚办。") % {"area": area})


def check_call(account: Account, call: CallBack) -> None:
    """A call is recorded by a recorder who is not of a handling unit, until the firm has been reached."""
    task = call.problem.assignment
    if account.role not in RECORDERS or not writes(account, call.problem.area):
        raise Refused(_("回访结果要由攻坚办、带队领导或首席服务官录入。"))
    if task is not None and account.unit_id in {
        task.lead_unit_id,
        *task.supports.values_list("unit", flat=True),
    }:
        raise Refused(_("承办单位的人不能回访自己办的事。请由其他人员回访。"))
    if call.result == CallBackResult.REACHED:
        raise Refused(_("这一条已经记过回访结果。请刷新页面。"))


can_call = passes(check_call)


def check_close(account: Account, problem: Problem) -> None:
    """A clerk of the area closes after the check, when no firm under the task is dissatisfied with the round."""
    task = problem.assignment
    if account.role != Role.CLERK or not writes(account, problem.area):
        raise Refused(_("只有攻坚办可以销号。"))
    if task is None or task.state != State.CHECKED:
        raise Refused(_("核查通过以后才能销号。请先核查。"))
    covered = _check_measure(task)
    for sharing in task.problems.exclude(pk__in=covered).select_related("enterprise").order_by("pk"):
        _check_word(sharing, task.round, shared=sharing.pk != problem.pk)


def _check_measure(task: Assignment) -> tuple[int, ...]:
    """The keys of the problems that a landed common measure covers.

    Refused while its member firms do not allow closing.
    """
    common = CommonProblem.objects.filter(assignment=task, state=CommonState.LANDED).first()
    if common is None:
        return ()
    consent = member_consent(common)
    if consent.why:
        raise Refused(consent.why)
    return consent.problem_keys


def _check_word(problem: Problem, number: int, *, shared: bool) -> None:
    """Refused unless the firm has given its word in round `number` and is not dissatisfied.

    `shared`: another problem of the task.
    """
    word = problem.words.filter(round=number).last()
    if word is None and shared:
        raise Refused(
            _("同一任务的%(firm)s还没有评价，不能销号。请补齐该企业的评价。") % {"firm": problem.enterprise}
        )
    if word is None:
        raise Refused(_("还没有企业评价，不能销号。请录入签字交办单、发评价码，或由他人电话回访。"))
    if word.satisfaction == Satisfaction.DISSATISFIED:
        raise Refused(_("企业不满意，不能销号。请重新交办。"))


can_record = passes(check_record)
can_update = passes(check_update)
can_answer = passes(check_answer)
can_hand_over = passes(check_hand_over)
can_decline = passes(check_decline)
can_give_word = passes(check_give_word)
can_issue_code = passes(check_issue_code)
can_own_word = passes(check_own_word)
can_close = passes(check_close)
