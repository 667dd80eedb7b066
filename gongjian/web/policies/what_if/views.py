"""What-if: a slider on a threshold, two versions side by side; who gains, who loses, what it costs."""

import difflib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.enterprises.models import Enterprise
from gongjian.policies import queries
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.verdicts import queries as verdicts
from gongjian.policies.verdicts.answers import Comparison, Totals
from gongjian.policies.what_if import queries as trials
from gongjian.policies.what_if.thresholds import Threshold, find_thresholds, with_thresholds
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of
from gongjian.web.templatetags.policy_words import money

NAMED = 60  # gainers and losers named on the page


@dataclass(frozen=True)
class ComparisonRow:
    """One row of the comparison."""

    label: str
    before: str
    after: str
    difference: str


def _lines(comparison: Comparison) -> list[ComparisonRow]:
    before, after = comparison.before, comparison.after
    counted = (("meets", _("符合")), ("near", _("差一点")), ("unknown", _("缺数据")), ("fails", _("不符合")))
    lines = [
        ComparisonRow(
            label,
            str(getattr(before, name)),
            str(getattr(after, name)),
            _signed(getattr(after, name) - getattr(before, name)),
        )
        for name, label in counted
    ]
    return [
        *lines,
        _cost(before, after, "certain", _("确定金额")),
        _cost(before, after, "possible", _("最多可能")),
    ]


def _signed(difference: int) -> str:
    return f"{difference:+d}" if difference else "—"


def _cost(before: Totals, after: Totals, name: str, label: str) -> ComparisonRow:
    was, now = getattr(before, name), getattr(after, name)
    sign = "+" if now > was else "−" if now < was else ""
    return ComparisonRow(label, money(was), money(now), f"{sign}{money(abs(now - was))}" if sign else "—")


def _outcome(request: HttpRequest, before: str, after: str) -> dict[str, Any]:
    """Both rules over the same firms, with names for the first of those who gain and lose."""
    ids = verdicts.visible_ids(account_of(request))
    comparison = trials.compare(before, after, on=timezone.localdate(), ids=ids)
    if not isinstance(comparison, Comparison):
        return {"faults": comparison}
    firms = Enterprise.objects.in_bulk(
        [pk for pk, _a in (*comparison.gained[:NAMED], *comparison.lost[:NAMED])]
    )
    return {
        "comparison": comparison,
        "lines": _lines(comparison),
        "gained": [(firms[pk], amount) for pk, amount in comparison.gained[:NAMED] if pk in firms],
        "lost": [(firms[pk], amount) for pk, amount in comparison.lost[:NAMED] if pk in firms],
    }


def _turn(request: HttpRequest, text: str) -> tuple[list[tuple[Threshold, Decimal]], dict[str, Decimal]]:
    """Every threshold with where its slider stands, and those that were moved."""
    sliders, moved = [], {}
    for threshold in find_thresholds(text):
        value = threshold.value
        try:
            wanted = Decimal(request.GET.get(threshold.key, "") or threshold.value)
            value = wanted if wanted.is_finite() and threshold.low <= wanted <= threshold.high else value
        except InvalidOperation:
            value = threshold.value
        sliders.append((threshold, value))
        if value != threshold.value:
            moved[threshold.key] = value
    return sliders, moved


@require_GET
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a number of the rule with a slider and see the effect at once."""
    policy = get_object_or_404(Policy, pk=pk)
    version = _version(request, policy, "version")
    sliders, moved = _turn(request, version.text)
    context = {"policy": policy, "edition": version, "knobs": sliders}
    context |= _outcome(
        request, version.text, with_thresholds(version.text, moved) if moved else version.text
    )
    part = "policies/_outcome.html" if getattr(request, "htmx", False) else "policies/what_if.html"
    return render(request, part, context)


def _version(request: HttpRequest, policy: Policy, name: str) -> PolicyVersion:
    """The version asked for, else the one that counts."""
    rows = policy.versions.select_related("policy")
    chosen = rows.filter(pk=record_key(request.GET.get(name, ""))).first()
    return chosen or queries.current_version(policy, timezone.localdate()) or get_object_or_404(rows)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions compared: who gains, who loses, what it costs, which lines changed."""
    policy = get_object_or_404(Policy, pk=pk)
    b = _version(request, policy, "b")
    earlier = policy.versions.filter(number__lt=b.number).first()
    a = _version(request, policy, "a") if request.GET.get("a") else earlier or b
    context: dict[str, Any] = {"policy": policy, "versions": policy.versions.all(), "a": a, "b": b}
    changed = difflib.ndiff(a.text.splitlines(), b.text.splitlines()) if a.pk != b.pk else ()
    context["diff"] = [(line[0], line[2:]) for line in changed if line[0] != "?"]
    return render(request, "policies/compare.html", context | _outcome(request, a.text, b.text))
