"""The rule editor: fields beside the YAML, a check while typing, cases run at once, firms counted."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.audit import Refused
from gongjian.enterprises.facts.catalogue import catalogue
from gongjian.policies import perms, queries
from gongjian.policies import services as policies
from gongjian.policies.budget.summary import CeilingCheck
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.rule_files import checks
from gongjian.policies.rule_files.editor_fields import blank_fields, write_yaml
from gongjian.policies.rule_files.queries import read_header
from gongjian.policies.states import Delivery, Level
from gongjian.policies.verdicts import queries as verdicts
from gongjian.web.editing.saving import locked
from gongjian.web.editing.versions import digest
from gongjian.web.policies.editor.both_drafts import BothDrafts, bring_together
from gongjian.web.policies.editor.typed_fields import TypedFields, typed_fields
from gongjian.web.session import account_of

OPERATORS = (">=", ">", "<=", "<", "=", "<>")


def _found(request: HttpRequest, text: str) -> dict[str, Any]:
    """What the check says of a text, and how many of our firms it means."""
    account, today = account_of(request), timezone.localdate()
    checked = checks.check_text(text)
    totals = (
        None if checked.faults else verdicts.totals_of_text(text, on=today, ids=verdicts.visible_ids(account))
    )
    held = Policy.objects.filter(code=checked.rule.code).first() if checked.rule and totals else None
    wrong = {fault.line for fault in checked.faults}
    lines = [(n, line, n in wrong) for n, line in enumerate(text.splitlines(), 1)]
    against = (
        held and totals and CeilingCheck(held.ceiling, totals.certain, totals.possible, not totals.bounded)
    )
    return {"checked": checked, "totals": totals, "against": against, "lines": lines, "typed_text": text}


def _page(
    request: HttpRequest,
    typed: TypedFields,
    *,
    policy: Policy | None,
    version: PolicyVersion | None,
    refused: Refused | None = None,
) -> HttpResponse:
    """The editor with what was typed, whether or not it could be kept."""
    context: dict[str, Any] = {"policy": policy, "edition": version, "typed": typed}
    context |= {"refused": refused and refused.sentence, "clashes": getattr(refused, "clashes", ())}
    context |= _choices() | _found(request, typed.text)
    if refused and version is None:
        context["earlier"] = queries.version_in_the_way(read_header(typed.text).code)
    context["opened"] = request.POST.get("opened") or digest(version.text) if version else ""
    context["untouched"] = request.method != "POST" and version is None and policy is None
    context["yaml_view"] = typed.raw or request.GET.get("view") == "yaml"
    return render(request, "policies/editor.html", context, status=422 if refused else 200)


def _choices() -> dict[str, Any]:
    """What the fields of the editor offer."""
    return {
        "facts": catalogue().values(),
        "levels": Level.choices,
        "deliveries": Delivery.choices,
        "operators": OPERATORS,
    }


def _work(
    request: HttpRequest, start: str, *, policy: Policy | None, version: PolicyVersion | None
) -> HttpResponse:
    """Show, add or drop a row, check, keep, or keep and send for signature."""
    perms.check_write(account_of(request))
    if request.method != "POST":
        return _page(request, TypedFields(start), policy=policy, version=version)
    typed = typed_fields(request.POST, start)
    if request.POST.get("do", "save") not in {"save", "propose"}:
        return _page(request, typed, policy=policy, version=version)
    try:
        draft = _keep(request, typed, policy=policy, version=version)
    except Refused as refused:
        return _page(request, typed, policy=policy, version=version, refused=refused)
    return (
        redirect("policy", pk=draft.policy_id)
        if draft.state == "PROPOSED"
        else redirect("policy-version", pk=draft.pk)
    )


def _keep(
    request: HttpRequest, typed: TypedFields, *, policy: Policy | None, version: PolicyVersion | None
) -> PolicyVersion:
    if typed.trouble:
        raise Refused(typed.trouble)
    with transaction.atomic():
        version = locked(version)
        both = bring_together(version, typed, request.POST) if version else BothDrafts(typed.text)
        if both.clashes:
            raise BothChanged(both)
        draft = _write(request, both.text, policy=policy, version=version)
    if both.text != typed.text and both.by:
        messages.info(
            request, _("您打开以后，%(who)s也改了这份草稿，两人的改动都已保存。") % {"who": both.by}
        )
    return draft


class BothChanged(Refused):
    """Two people changed the same lines of a draft: both texts go back to whoever came second, with a choice."""

    def __init__(self, both: BothDrafts) -> None:
        self.clashes = both.clashes
        sentence = _(
            "您打开以后，%(who)s也改了这份草稿，有的地方两人都改了，您写的还没有保存。请在下面逐处选一种再保存；其余的改动两人的都会保留。"
        )
        super().__init__(sentence % {"who": both.by or _("别人")})


def _write(
    request: HttpRequest, text: str, *, policy: Policy | None, version: PolicyVersion | None
) -> PolicyVersion:
    account, at = account_of(request), timezone.now()
    if request.POST.get("do") != "propose":
        draft = policies.keep(version, text=text, policy=policy, by=account, at=at)
        messages.success(request, _("已保存草稿。"))
        return draft
    draft, why = policies.keep_and_propose(version, text=text, policy=policy, by=account, at=at)
    if why:  # what was typed is kept as a draft; the reason stands on its page
        messages.error(request, _("已保存草稿，还不能送审签：%(why)s") % {"why": why})
    else:
        messages.success(request, _("已送审签。请另一位同志审签。"))
    return draft


def new(request: HttpRequest) -> HttpResponse:
    """Create a policy."""
    return _work(request, write_yaml(blank_fields()), policy=None, version=None)


def next_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Create the next version of a policy, starting from the version that counts."""
    policy = get_object_or_404(Policy, pk=pk)
    perms.check_write_for(account_of(request), policy.area_code)
    version = queries.current_version(policy, timezone.localdate())
    return _work(request, version.text if version else "", policy=policy, version=None)


def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: the editor if it is a draft the account may write, else its text with check and cases."""
    version = get_object_or_404(
        PolicyVersion.objects.select_related("policy", "written_by", "signed_by"), pk=pk
    )
    if perms.can_version(account_of(request), version, "edit"):
        return _work(request, version.text, policy=version.policy, version=version)
    if request.method == "POST":
        perms.check_version(account_of(request), version, "edit")
    context = {"policy": version.policy, "edition": version, **_found(request, version.text)}
    return render(request, "policies/version.html", context)


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Only the check of the rule, fetched while the user types."""
    typed = typed_fields(request.POST, request.POST.get("base", ""))
    return render(request, "policies/_check.html", {"typed": typed, **_found(request, typed.text)})
