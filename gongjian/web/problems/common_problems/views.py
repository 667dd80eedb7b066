"""Common problems: proposed groups, confirmed ones, the measure, and the firms to be informed."""

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
from gongjian.web.editing.saving import edit
from gongjian.web.forms import attempt
from gongjian.web.paging import FEW, PAGE
from gongjian.web.problems.common_problems.forms import ConfirmForm, DismissForm, LandForm, TitleForm
from gongjian.web.problems.forms import HandOverForm
from gongjian.web.record_keys import record_key, record_keys
from gongjian.web.session import account_of

OF_A_MEMBER = ("enterprise__area", "area", "assignment__lead_unit", "assignment__responsible_person")


def _load(request: HttpRequest, pk: int) -> CommonProblem:
    return get_object_or_404(alike.common_problems(account_of(request)), pk=pk)


@require_GET
def commons(request: HttpRequest) -> HttpResponse:
    """Proposed groups at the top, confirmed common problems below."""
    account, today = account_of(request), timezone.localdate()
    proposals = alike.proposals(account, today=today)
    dismissed = "dismissed" in request.GET
    rows = alike.common_problems(account).order_by("-pk")
    rows = (
        rows.filter(state=CommonState.DISMISSED) if dismissed else rows.exclude(state=CommonState.DISMISSED)
    )
    context = {
        "proposals": Paginator(proposals, PAGE).get_page(request.GET.get("page")),
        "commons": rows[:200],
        "dismissed": dismissed,
        "changed": "changed" in request.GET,
        "may_confirm": account.role == "CLERK",
    }
    return render(request, "problems/commons.html", context)


def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposed group: tick the problems that are really the same, name it, confirm or dismiss it."""
    account, today = account_of(request), timezone.localdate()
    group = alike.proposal_detail(account, pk, today=today)
    if group is None:
        return redirect(f"{reverse('commons')}?changed")
    rows = visible_to(account).select_related(*OF_A_MEMBER)
    typed = request.POST if "title" in request.POST else None
    form = ConfirmForm(typed, rows=rows, initial={"title": group.proposal.text[:40]})
    if common := attempt(
        form, lambda: common_problems.confirm(**form.cleaned_data, by=account, at=timezone.now())
    ):
        messages.success(request, _("已确认为共性问题。请接着统一交办。"))
        return redirect("common", pk=common.pk)
    shown = {str(key) for key in group.proposal.members}
    ticked = set(request.POST.getlist("rows")) if form.is_bound else shown
    context = {"form": form, "ticked": ticked} | _members(group, rows, today)
    return render(request, "problems/proposal.html", context, status=422 if form.is_bound else 200)


def _members(group: "alike.ProposalDetail", rows: QuerySet[Problem], today: date) -> dict[str, Any]:
    """The lines of the group, and of each group beside it, read in one go."""
    keys = [*group.proposal.members, *(key for other in group.related for key in other.members)]
    lines = {
        line.problem.pk: line for line in with_readings(rows.filter(pk__in=keys).order_by("pk"), today=today)
    }
    return {
        "look": group,
        "proposal": group.proposal,
        "category": group.proposal.category_label,
        "dismiss_form": DismissForm(rows=rows),
        "rows": [lines[key] for key in sorted(group.proposal.members) if key in lines],
        "beside": [
            (other, [lines[key] for key in sorted(other.members) if key in lines]) for other in group.related
        ],
    }


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Dismiss a proposed group whose problems are alike in words only."""
    account = account_of(request)
    form = DismissForm(request.POST, rows=visible_to(account))
    done = attempt(form, lambda: common_problems.dismiss(**form.cleaned_data, by=account, at=timezone.now()))
    if not done:
        raise Refused(_first_error(form))
    messages.success(request, _("已记为不是共性问题，以后不再提示。"))
    return redirect("commons")


def _first_error(form: Any) -> str:
    return str(next(iter(form.errors.values()))[0])


def page(request: HttpRequest, common: CommonProblem, **forms: Any) -> HttpResponse:
    """The page of one common problem, with any form that was refused."""
    context = _about(common, account=account_of(request), today=timezone.localdate()) | forms
    turned = context["firms"] if "standing" in context else context["rows"]
    context["page"] = Paginator(turned, FEW).get_page(request.GET.get("page"))
    refused = any(form.errors for form in forms.values())
    return render(request, "problems/common.html", context, status=422 if refused else 200)


def _about(common: CommonProblem, *, account: Account, today: date) -> dict[str, Any]:
    rows = visible_to(account).filter(Q(common=common) | Q(split_from=common))
    seen = list(rows.select_related(*RELATED, "enterprise__area").order_by("pk"))
    members = with_readings([problem for problem in seen if problem.common_id == common.pk], today=today)
    keeps = perms.can_group(account, common.area)
    loose = [
        row.problem for row in members if row.problem.assignment_id is None and not row.problem.answered_on
    ]
    suggestions = (
        suggested_units.suggest(loose[:1], today=today)
        if keeps and common.state == CommonState.CONFIRMED
        else {}
    )
    return {
        "common": common,
        "rows": members,
        "pieces": shared_pairs([row.problem.text for row in members]),
        "reading": reading(common.assignment, today) if common.assignment else None,
        "effect": alike.effect(common, today=today),
        "events": events_of(common).order_by("-seq"),
        "keeps": keeps,
        "loose": loose,
        **_standing(common, seen),
        "hidden": common.size - len(members),  # type: ignore[attr-defined]  # annotated
        "title_form": _title_form(None, common),
        "land_form": LandForm(),
        "measure_form": HandOverForm(account=account, suggestions=next(iter(suggestions.values()), ()))
        if loose and common.assignment_id is None
        else None,
        "problem": loose[0] if loose else None,
    }


def _standing(common: CommonProblem, seen: list[Problem]) -> dict[str, Any]:
    """What the member firms say: all counted, those listed whose problems the account sees."""
    if common.state != CommonState.LANDED:
        return {}
    standing, keys = member_consent(common), {problem.pk for problem in seen}
    firms = [member for member in standing.members if keys & {problem.pk for problem in member.problems}]
    return {"standing": standing, "firms": firms, "seen": seen, "not_told": standing.not_told}


@require_GET
def common(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one common problem."""
    return page(request, _load(request, pk))


def _title_form(data: Any, common: CommonProblem) -> TitleForm:
    return TitleForm(data, initial={"title": common.title}, subjects=[common])


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the title of a common problem."""
    common, account = _load(request, pk), account_of(request)

    def save(form: TitleForm, common: CommonProblem) -> CommonProblem:
        return common_problems.rename(common, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = edit(request, common, make=_title_form, save=save)
    if saved:
        return redirect("common", pk=pk)
    return page(request, common, title_form=form)


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the ticked problems from the group."""
    common = _load(request, pk)
    leaving = common.members.filter(pk__in=record_keys(request.POST.getlist("rows")))
    common_problems.split(common, list(leaving), by=account_of(request), at=timezone.now())
    messages.success(request, _("已移出。"))
    return redirect("common", pk=pk)


@require_POST
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One assignment for all members still waiting; tapping a suggestion only fills the form."""
    common, account = _load(request, pk), account_of(request)
    form = HandOverForm(request.POST, account=account)
    if "take" in request.POST:
        unit, _sep, person = request.POST["take"].partition(":")
        taken = form.typed() | {"lead_unit": unit, "responsible_person": person}
        return page(request, common, measure_form=HandOverForm(account=account, initial=taken))
    if form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "limit"}
        if attempt(
            form, lambda: common_problems.take_measure(common, **facts, by=account, at=timezone.now())
        ):
            messages.success(request, _("已统一交办，成员企业的问题都并入这一任务。"))
            return redirect("common", pk=pk)
    return page(request, common, measure_form=form)


@require_POST
def land(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the measure has taken effect, and notify the member firms that have accounts."""
    common, form, account = _load(request, pk), LandForm(request.POST), account_of(request)
    if attempt(
        form,
        lambda: common_problems.land(common, **form.cleaned_data, by=account, at=timezone.now()),
    ):
        messages.success(request, _("已登记措施落地，并告知有账号的企业。其余企业请打印告知名单逐一告知。"))
        return redirect("common", pk=pk)
    return page(request, common, land_form=form)


@require_POST
def mark_told(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark firms as informed by telephone, on paper or at a meeting."""
    common = _load(request, pk)
    chosen = common.members.filter(pk__in=record_keys(request.POST.getlist("rows")))
    common_problems.record_told(common, list(chosen), by=account_of(request), at=timezone.now())
    messages.success(request, _("已登记告知。"))
    return redirect(f"{reverse('common', args=[pk])}#consent")


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the measure (销号)."""
    common_problems.close_measure(_load(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("措施已销号。未表态的企业留在抽样回访范围内。"))
    return redirect("common", pk=pk)


@require_GET
def firms_to_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of member firms with their contacts, to print and tick off."""
    common = _load(request, pk)
    members = visible_to(account_of(request)).filter(common=common)
    rows = members.select_related("enterprise__area").prefetch_related("enterprise__contacts")
    return render(
        request,
        "problems/told.html",
        {"common": common, "rows": rows.order_by("enterprise__area__path", "enterprise", "pk")},
    )


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a problem to a common problem that says the same."""
    account = account_of(request)
    problem = get_object_or_404(visible_to(account), pk=pk)
    common = _load(request, record_key(request.POST.get("common", "")))
    common_problems.join_common(common, problem, by=account, at=timezone.now())
    messages.success(request, _("已并入“%(title)s”。") % {"title": common.title})
    return redirect("problem", pk=pk)


@require_GET
def hints(request: HttpRequest) -> HttpResponse:
    """Problems that may be the same as the text being written."""
    text = next((str(value) for name, value in request.GET.items() if name.endswith("text")), "")
    similar: list[Problem] = alike.possible_matches(account_of(request), text, today=timezone.localdate())
    return render(request, "problems/_alike.html", {"alike": similar})
