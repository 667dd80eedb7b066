"""Common problems: what is proposed, what is confirmed, the measure, who has to be told."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.assignments.queries import reading
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.engines.likeness.shared_words import shared_pairs
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.common_problems import queries as alike
from gongjian.problems.common_problems import services as common_problems
from gongjian.problems.common_problems.member_words import member_consent
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.queries import RELATED, visible_to, with_readings
from gongjian.problems.states import CommonState
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.web.forms import attempt
from gongjian.web.problems.common_problems.forms import ConfirmForm, DismissForm, LandForm, TitleForm
from gongjian.web.problems.forms import HandOverForm
from gongjian.web.session import account_of

PAGE = 20
OF_A_MEMBER = ("enterprise__area", "area", "assignment__lead_unit", "assignment__responsible_person")


def _load(request: HttpRequest, pk: int) -> CommonProblem:
    return get_object_or_404(alike.common_problems(account_of(request)), pk=pk)


@require_GET
def commons(request: HttpRequest) -> HttpResponse:
    """Proposed groups above, confirmed ones below."""
    account, today = account_of(request), timezone.localdate()
    found = alike.proposals(account, today=today)
    dismissed = "dismissed" in request.GET
    rows = alike.common_problems(account).order_by("-pk")
    rows = (
        rows.filter(state=CommonState.DISMISSED) if dismissed else rows.exclude(state=CommonState.DISMISSED)
    )
    context = {
        "proposals": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "commons": rows[:200],
        "dismissed": dismissed,
        "changed": "changed" in request.GET,
        "may_confirm": account.role == "CLERK",
    }
    return render(request, "problems/commons.html", context)


def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposed group: tick what really is the same, name it, confirm or dismiss it."""
    account, today = account_of(request), timezone.localdate()
    found = alike.proposal_detail(account, pk, today=today)
    if found is None:
        return redirect(f"{reverse('commons')}?changed")
    rows = visible_to(account).select_related(*OF_A_MEMBER)
    typed = request.POST if "title" in request.POST else None
    form = ConfirmForm(typed, rows=rows, initial={"title": found.proposal.text[:40]})
    if made := attempt(
        form, lambda: common_problems.confirm(**form.cleaned_data, by=account, at=timezone.now())
    ):
        messages.success(request, _("已确认为共性问题。请接着统一交办。"))
        return redirect("common", pk=made.pk)
    shown = {str(key) for key in found.proposal.members}
    ticked = set(request.POST.getlist("rows")) if form.is_bound else shown
    context = {"form": form, "ticked": ticked} | _members(found, rows, today)
    return render(request, "problems/proposal.html", context, status=422 if form.is_bound else 200)


def _members(found: "alike.ProposalDetail", rows: QuerySet[Problem], today: date) -> dict[str, Any]:
    """The lines of the group, and of each group beside it, read in one go."""
    keys = [*found.proposal.members, *(key for one in found.related for key in one.members)]
    lines = {
        line.problem.pk: line for line in with_readings(rows.filter(pk__in=keys).order_by("pk"), today=today)
    }
    return {
        "look": found,
        "proposal": found.proposal,
        "category": found.proposal.category_label,
        "dismiss_form": DismissForm(rows=rows),
        "rows": [lines[key] for key in sorted(found.proposal.members) if key in lines],
        "beside": [
            (one, [lines[key] for key in sorted(one.members) if key in lines]) for one in found.related
        ],
    }


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Alike in words only."""
    account = account_of(request)
    form = DismissForm(request.POST, rows=visible_to(account))
    done = attempt(form, lambda: common_problems.dismiss(**form.cleaned_data, by=account, at=timezone.now()))
    if not done:
        raise Refused(_first_error(form))
    messages.success(request, _("已记为不是共性问题，以后不再提示。"))
    return redirect("commons")


def _first_error(form: Any) -> str:
    return str(next(iter(form.errors.values()))[0])


def page(request: HttpRequest, found: CommonProblem, **forms: Any) -> HttpResponse:
    """The page of one common problem, with whatever form was refused."""
    context = _about(found, account=account_of(request), today=timezone.localdate()) | forms
    refused = any(form.errors for form in forms.values())
    return render(request, "problems/common.html", context, status=422 if refused else 200)


def _about(found: CommonProblem, *, account: Account, today: date) -> dict[str, Any]:
    rows = visible_to(account).filter(Q(common=found) | Q(split_from=found))
    seen = list(rows.select_related(*RELATED, "enterprise__area").order_by("pk"))
    members = with_readings([one for one in seen if one.common_id == found.pk], today=today)
    keeps = perms.can_group(account, found.area)
    loose = [
        row.problem for row in members if row.problem.assignment_id is None and not row.problem.answered_on
    ]
    told = (
        suggested_units.suggest(loose[:1], today=today)
        if keeps and found.state == CommonState.CONFIRMED
        else {}
    )
    return {
        "common": found,
        "rows": members,
        "pieces": shared_pairs([row.problem.text for row in members]),
        "reading": reading(found.assignment, today) if found.assignment else None,
        "effect": alike.effect(found, today=today),
        "events": events_of(found).order_by("-seq"),
        "keeps": keeps,
        "loose": loose,
        **_standing(found, seen),
        "hidden": found.size - len(members),  # type: ignore[attr-defined]  # annotated
        "title_form": TitleForm(initial={"title": found.title}),
        "land_form": LandForm(),
        "measure_form": HandOverForm(account=account, suggestions=next(iter(told.values()), ()))
        if loose and found.assignment_id is None
        else None,
        "problem": loose[0] if loose else None,
    }


def _standing(found: CommonProblem, seen: list[Problem]) -> dict[str, Any]:
    """What the member firms say: all counted, those listed whose problems the account sees."""
    if found.state != CommonState.LANDED:
        return {}
    standing, keys = member_consent(found), {one.pk for one in seen}
    firms = [one for one in standing.members if keys & {problem.pk for problem in one.problems}]
    return {"standing": standing, "firms": firms, "not_told": standing.not_told}


@require_GET
def common(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one common problem."""
    return page(request, _load(request, pk))


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """A better title."""
    found, form = _load(request, pk), TitleForm(request.POST)
    if attempt(
        form,
        lambda: common_problems.rename(found, **form.cleaned_data, by=account_of(request), at=timezone.now()),
    ):
        return redirect("common", pk=pk)
    return page(request, found, title_form=form)


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked ones leave the group."""
    found = _load(request, pk)
    leaving = found.members.filter(pk__in=[key for key in request.POST.getlist("rows") if key.isdecimal()])
    common_problems.split(found, list(leaving), by=account_of(request), at=timezone.now())
    messages.success(request, _("已移出。"))
    return redirect("common", pk=pk)


@require_POST
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One assignment for all members that wait; a suggestion tapped only fills the form."""
    found, account = _load(request, pk), account_of(request)
    form = HandOverForm(request.POST, account=account)
    if "take" in request.POST:
        unit, _sep, person = request.POST["take"].partition(":")
        taken = form.typed() | {"lead_unit": unit, "responsible_person": person}
        return page(request, found, measure_form=HandOverForm(account=account, initial=taken))
    if form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "limit"}
        if attempt(form, lambda: common_problems.take_measure(found, **facts, by=account, at=timezone.now())):
            messages.success(request, _("已统一交办，成员企业的问题都并入这一任务。"))
            return redirect("common", pk=pk)
    return page(request, found, measure_form=form)


@require_POST
def land(request: HttpRequest, pk: int) -> HttpResponse:
    """The measure has landed: tell every member firm."""
    found, form, account = _load(request, pk), LandForm(request.POST), account_of(request)
    if attempt(
        form,
        lambda: common_problems.land(found, **form.cleaned_data, by=account, at=timezone.now()),
    ):
        messages.success(request, _("已登记措施落地，并告知有账号的企业。其余企业请打印告知名单逐一告知。"))
        return redirect("common", pk=pk)
    return page(request, found, land_form=form)


@require_POST
def mark_told(request: HttpRequest, pk: int) -> HttpResponse:
    """Firms told by telephone, on paper, at a meeting."""
    found = _load(request, pk)
    chosen = found.members.filter(pk__in=[key for key in request.POST.getlist("rows") if key.isdecimal()])
    common_problems.record_told(found, list(chosen), by=account_of(request), at=timezone.now())
    messages.success(request, _("已登记告知。"))
    return redirect(f"{reverse('common', args=[pk])}#consent")


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole measure is struck off."""
    common_problems.close_measure(_load(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("措施已销号。未表态的企业留在抽样回访范围内。"))
    return redirect("common", pk=pk)


@require_GET
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of member firms with contacts, to print and tick off."""
    found = _load(request, pk)
    members = visible_to(account_of(request)).filter(common=found)
    rows = members.select_related("enterprise__area").prefetch_related("enterprise__contacts")
    return render(
        request,
        "problems/told.html",
        {"common": found, "rows": rows.order_by("enterprise__area__path", "enterprise", "pk")},
    )


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """A problem into a common problem that says the same."""
    account = account_of(request)
    problem = get_object_or_404(visible_to(account), pk=pk)
    chosen = request.POST.get("common", "")
    found = _load(request, int(chosen) if chosen.isdecimal() else 0)
    common_problems.join_common(found, problem, by=account, at=timezone.now())
    messages.success(request, _("已并入“%(title)s”。") % {"title": found.title})
    return redirect("problem", pk=pk)


@require_GET
def hints(request: HttpRequest) -> HttpResponse:
    """What may be the same as the text being written."""
    found: list[Problem] = alike.possible_matches(
        account_of(request), request.GET.get("text", ""), today=timezone.localdate()
    )
    return render(request, "problems/_alike.html", {"alike": found})
