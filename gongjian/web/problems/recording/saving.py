"""Saving what was recorded: the problem alone, or with its hand-over, in one act."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.web.forms import attempt
from gongjian.web.problems.forms import ProblemForm
from gongjian.web.problems.recording.forms import AtOnceForm
from gongjian.web.session import account_of


def save_recorded(
    request: HttpRequest, form: ProblemForm, at_once: AtOnceForm | None, **more: Any
) -> Problem | None:
    """The problem, recorded and, where both were asked for, handed over; None while something is wrong."""
    who: dict[str, Any] = {"by": account_of(request), "at": timezone.now()}
    if at_once is None or not at_once.wanted:
        problem = attempt(form, lambda: problems.record(**form.cleaned_data, **more, **who))
    else:
        problem = _save_both(form, at_once, more, who)
    if problem:
        messages.success(request, _told(problem))
    return problem


def _save_both(
    form: ProblemForm, at_once: AtOnceForm, more: dict[str, Any], who: dict[str, Any]
) -> Problem | None:
    valid = at_once.is_valid()  # both are checked, so that all that is wrong is said at once
    if not attempt(form, lambda: valid):
        return None
    facts = form.cleaned_data | more
    return attempt(at_once, lambda: problems.record_and_hand_over(facts, at_once.facts(facts["text"]), **who))


def _told(problem: Problem) -> str:
    task = problem.assignment
    if task is None:
        return _("已记录 %(number)s。请接着交办。") % {"number": problem.number}
    told = {"number": problem.number, "unit": task.lead_unit, "due": task.due_on}
    return _("已记录 %(number)s，交办给%(unit)s，办理时限 %(due)s。") % told
