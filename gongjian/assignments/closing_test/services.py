"""The acceptance test of a closure (核查四问): four questions the office answers when it checks a result."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from gongjian.assignments.models import Assignment
from gongjian.assignments.states import QUESTIONS, Answer, Outcome
from gongjian.audit import Refused
from gongjian.audit.wording import source_word

NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


def check_answers(assignment: Assignment, answers: Mapping[str, str]) -> dict[str, str]:
    """Return all four answers, unknown where none was given; Refused if one means the matter must go back."""
    complete = {key: Answer(answers.get(key) or Answer.UNKNOWN).value for key in QUESTIONS}
    for key in ("replied", "contacted"):
        if complete[key] == Answer.NO:
            raise Refused(
                _("“%(question)s”核查结论为否，不能通过。请选“核查退回”，要求承办单位补做。")
                % {"question": QUESTIONS[key]},
                field=key,
            )
    if complete["solved"] == Answer.NO and assignment.outcome == Outcome.SOLVED:
        raise Refused(_("办理结果写的是“已解决”，核查没有解决，不能通过。请选“核查退回”。"), field="solved")
    if complete["satisfied"] == Answer.NO:
        raise Refused(_("企业不满意，不能通过核查。请录入企业评价，系统会重新交办。"), field="satisfied")
    return complete


def answers_in_words(answers: Mapping[str, str]) -> str:
    """The four answers as text for the event's sentence, such as 问题是否解决：是，…"""
    return "，".join(
        f"{source_word(QUESTIONS[key])}：{source_word(Answer(value).label)}" for key, value in answers.items()
    )
