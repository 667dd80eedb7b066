"""The meeting room of a rally: area by area its targets, what was agreed, the pledge; the minutes as a Word file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.wording import paper_words
from gongjian.bulletins.meeting_minutes.paper import minutes_paper
from gongjian.campaigns import queries
from gongjian.campaigns.models import Target
from gongjian.people.models import Account
from gongjian.people.queries import office_of, persons_of, reads
from gongjian.visits import perms
from gongjian.visits.models import Visit
from gongjian.visits.pledges import services as pledges
from gongjian.visits.pledges.queries import AreaStep, pledged, steps_of, targets_ahead
from gongjian.visits.states import RALLIES
from gongjian.web.campaigns.rally_form import PledgeForm
from gongjian.web.file_answers import word_answer
from gongjian.web.forms import attempt
from gongjian.web.rights import OFFICE
from gongjian.web.session import account_of
from gongjian.web.visits.views import load


def find_rally(request: HttpRequest, pk: int) -> Visit:
    """A rally or cadre meeting the account may read, or 404."""
    visit = load(request, pk)
    if visit.kind not in RALLIES or not reads(account_of(request), visit.area):
        raise Http404
    return visit


def chosen_step(steps: list[AreaStep], wanted: str) -> AreaStep | None:
    """The area asked for, else the first that has something to pledge, else the first."""
    asked = [one for one in steps if str(one.area.pk) == wanted]
    below = [one for one in steps[1:] if not one.is_done]
    return next(iter(asked or below or steps), None)


def targets_at(visit: Visit, step: AreaStep | None) -> list[Target]:
    """The targets of an area that a meeting is about, battle by battle, the nearest span first; none for no area."""
    if step is None:
        return []
    rows = queries.targets_in_force().filter(pk__in=targets_ahead(visit).filter(area=step.area))
    order = ("battle__order", "battle", "indicator__order", "indicator")
    return sorted(rows.order_by(*order), key=lambda one: (one.months, one.battle.order, one.battle_id))


def page_of(account: Account, visit: Visit, wanted: str, tried: PledgeForm | None = None) -> dict[str, Any]:
    """What the page of a rally shows: the steps, the lines of one area, the form for the next pledge."""
    said = list(pledged(visit))
    steps = steps_of(visit, said)
    step = chosen_step(steps, wanted)
    context: dict[str, Any] = {"visit": visit, "steps": steps, "step": step}
    if step is None:
        return context
    context["next"] = next((one for one in steps if one.area.path > step.area.path and not one.is_done), None)
    by_target = {one.task.target_id: one for one in said}
    targets = targets_at(visit, step)
    context["lines"] = [(target, by_target.get(target.pk)) for target in targets]
    waiting = [target for target in targets if target.pk not in by_target]
    if waiting and account.role in OFFICE and perms.can_write(account, visit):
        context["form"] = tried or PledgeForm(account=account, targets=waiting, initial=_usual(step))
    return context


def _usual(step: AreaStep) -> dict[str, Any]:
    """Who answers for an area's pledges unless another is picked: its office and the head of it."""
    office = office_of(step.area)
    head = next(iter(persons_of(office, "", on=timezone.localdate())), None) if office else None
    return {"lead_unit": office and office.pk, "responsible_person": head and head.pk}


@require_GET
def rally(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting page, at one area."""
    visit = find_rally(request, pk)
    context = page_of(account_of(request), visit, request.GET.get("area", ""))
    return render(request, "campaigns/rally.html", context)


@require_POST
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Record one pledge and go on to the next target, or the next area."""
    account, visit = account_of(request), find_rally(request, pk)
    wanted = request.POST.get("area", "")
    step = chosen_step(steps_of(visit, pledged(visit)), wanted)
    form = PledgeForm(request.POST, account=account, targets=targets_at(visit, step))
    now = timezone.now()
    done = attempt(form, lambda: pledges.record_pledge(visit, **form.cleaned_data, by=account, at=now))
    if done is None:
        return render(request, "campaigns/rally.html", page_of(account, visit, wanted, form), status=422)
    said = {"unit": done.task.assignment.lead_unit, "number": done.task.assignment.number}
    messages.success(request, _("已记下表态，交办给%(unit)s，任务 %(number)s。") % said)
    return redirect(f"{reverse('rally', args=[pk])}?area={wanted}")


@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a Word file."""
    visit = find_rally(request, pk)
    said = list(pledged(visit))
    with paper_words(visit.area.name):
        paper = minutes_paper(visit, steps_of(visit, said), said)
    return word_answer(paper, f"minutes-{visit.pk}.docx")
