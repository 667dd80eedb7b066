"""The list of policies, one policy on one screen, the moves of its versions."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.queries import events_of
from gongjian.people.models import Account
from gongjian.policies import perms, queries
from gongjian.policies import services as policies
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files import checks
from gongjian.policies.rule_files.queries import read_header
from gongjian.policies.states import VERSION_MOVE, VersionState
from gongjian.policies.verdicts import queries as verdicts
from gongjian.policies.verdicts import results_in_memory
from gongjian.web.forms import attempt
from gongjian.web.paging import PAGE
from gongjian.web.policies.forms import PolicyFilter, ReasonForm, nearest_first
from gongjian.web.policies.rule_in_words import rule_of
from gongjian.web.session import account_of

REASONED = frozenset({"refuse", "retire"})


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """One page of the list of policies, each with the number of our firms it concerns."""
    account, today = account_of(request), timezone.localdate()
    codes = verdicts.area_codes()
    rows = nearest_first(Policy.objects.all(), codes)
    chosen = PolicyFilter(request.GET, queryset=rows, today=today, codes=codes)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": chosen, "page": page, "can_write": perms.can_write(account)}
    context |= _lines(list(page), account=account, today=today)
    part = "policies/_register.html" if getattr(request, "htmx", False) else "policies/register.html"
    return render(request, part, context)


def _lines(page: list[Policy], *, account: Account, today: date) -> dict[str, Any]:
    """Each policy with its version in force and what it comes to."""
    board, ids = results_in_memory.results_on(today), verdicts.visible_ids(account)
    current = {row.policy_id: row for row in board.versions}
    lines = [
        (
            policy,
            current.get(policy.pk),
            verdicts.policy_totals(board, policy.code, ids) if policy.pk in current else None,
        )
        for policy in page
    ]
    return {"rows": lines, "offered": queries.policies_with_offer(page), "as_of": board.stamp}


def page_of(
    request: HttpRequest, policy: Policy, *, refused: tuple[int, str, ReasonForm] | None = None
) -> HttpResponse:
    """The page of one policy: document, clauses, benefit, cases, our firms, versions."""
    account, today = account_of(request), timezone.localdate()
    version = queries.current_version(policy, today)
    if version is None:
        raise Http404
    context = _about(policy, version, account=account, today=today)
    versions = list(policy.versions.select_related("policy", "written_by", "signed_by"))
    context |= {
        "versions": [(row, offers(account, row, refused)) for row in versions],
        "offered": next((row for row in versions if row.state == VersionState.OFFERED), None),
    }
    return render(request, "policies/policy.html", context, status=422 if refused else 200)


def _about(policy: Policy, version: PolicyVersion, *, account: Account, today: date) -> dict[str, Any]:
    """A policy as the version that counts has it, and what it comes to for the firms in sight."""
    board, ids = results_in_memory.results_on(today), verdicts.visible_ids(account)
    return {
        "policy": policy,
        "edition": version,
        "place": verdicts.place_of(policy.area_code),
        "head": read_header(version.text),
        "rule": rule_of(version.text),
        "checked": checks.check_text(version.text),
        "totals": verdicts.policy_totals(board, policy.code, ids) if version in board.versions else None,
        "as_of": board.stamp,
        "can_write": perms.can_write_for(account, policy.area_code),
        "events": events_of(policy).order_by("-seq"),
    }


def offers(
    account: Any, version: PolicyVersion, refused: tuple[int, str, ReasonForm] | None
) -> list[tuple[str, Any, ReasonForm | None]]:
    """The moves the account may make with a version: verb, label, and a form where a reason is required."""
    buttons: list[tuple[str, Any, ReasonForm | None]] = []
    for move in perms.moves_for(account, version):
        if move.verb == "edit":
            continue
        form = ReasonForm(prefix=f"{move.verb}-{version.pk}") if move.verb in REASONED else None
        if refused and refused[:2] == (version.pk, move.verb):
            form = refused[2]
        buttons.append((move.verb, move.label, form))
    return buttons


@require_GET
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one policy."""
    return page_of(request, get_object_or_404(Policy, pk=pk))


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Make a move with a version: send for signature, take back, sign, refuse or retire."""
    if verb not in VERSION_MOVE or verb == "edit":
        raise Http404
    version, account = (
        get_object_or_404(PolicyVersion.objects.select_related("policy"), pk=pk),
        account_of(request),
    )
    service = getattr(policies, verb)
    if verb in REASONED:
        form = ReasonForm(request.POST, prefix=f"{verb}-{pk}")
        done = attempt(form, lambda: service(version, **form.cleaned_data, by=account, at=timezone.now()))
        if not done:
            return page_of(request, version.policy, refused=(pk, verb, form))
    else:
        service(version, by=account, at=timezone.now())
    messages.success(request, _("已%(move)s。") % {"move": VERSION_MOVE[verb].label})
    return redirect("policy", pk=version.policy_id)
