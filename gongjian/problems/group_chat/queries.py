"""The text for the group chat (群消息): what is to be done, by whom, until when; no telephone numbers."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from gongjian.assignments.states import RUNNING
from gongjian.audit.wording import day_in_text
from gongjian.engines.writing.phones import mask_phones
from gongjian.people.models import Account
from gongjian.problems.models import Problem
from gongjian.problems.queries import RELATED, open_ones, visible_to
from gongjian.visits.models import Visit


def text_of_problem(problem: Problem, *, today: date) -> str:
    """One matter: number, firm, what it said, who owes what by when."""
    return "\n".join(_lines(problem, today))


def text_of_visit(visit: Visit, account: Account, *, today: date) -> str:
    """All matters of a visit that the account may open, those handed over first."""
    rows, _hidden = open_ones(visit.problems.select_related(*RELATED).order_by("assignment", "pk"), account)
    head = _("【%(title)s】%(day)s，收集问题 %(n)s 个") % {
        "title": visit.title,
        "day": day_in_text(visit.starts_on, today),
        "n": len(rows),
    }
    return _listed(head, rows, today)


def text_of_today(account: Account, *, today: date) -> str:
    """What is due today in the account's area or unit."""
    due = visible_to(account).filter(assignment__state__in=RUNNING, assignment__next_due_on=today)
    rows = list(due.select_related(*RELATED).order_by("assignment__lead_unit__order", "pk"))
    head = _("【今天到期】%(day)s，共 %(n)s 件") % {"day": day_in_text(today, today), "n": len(rows)}
    return _listed(head, rows, today)


def _listed(head: str, rows: Iterable[Problem], today: date) -> str:
    parts = [
        "\n".join([f"{n}. {line}" if at == 0 else f"   {line}" for at, line in enumerate(_lines(row, today))])
        for n, row in enumerate(rows, 1)
    ]
    return "\n".join([head, *parts])


def _lines(problem: Problem, today: date) -> list[str]:
    """Firm and matter, then the task; what was not handed over says so."""
    text = mask_phones(" ".join(problem.text.split()))
    lines = [
        _("%(number)s %(firm)s：%(text)s")
        % {"number": problem.number, "firm": problem.enterprise, "text": text}
    ]
    task = problem.assignment
    if task is None:
        return [*lines, _("还没有交办")]
    facts = {"unit": task.lead_unit, "person": task.responsible_person.name, "task": mask_phones(task.task)}
    lines.append(_("由%(unit)s牵头，责任人%(person)s：%(task)s") % facts)
    if task.state in RUNNING:
        due = {
            "next": _(task.next_name),
            "due": day_in_text(task.next_due_on, today),
            "end": day_in_text(task.due_on, today),
        }
        one_day = task.next_due_on == task.due_on
        lines.append((_("“%(next)s”%(due)s前") if one_day else _("“%(next)s”%(due)s前，%(end)s前办结")) % due)
    else:
        lines.append(str(task.get_state_display()))
    return lines
