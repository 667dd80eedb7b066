"""Passing a target on: a way to split it, the parts beside their target, the gap with its owner, saved as targets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.campaigns import perms
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.passing_on.queries import Below, below
from gongjian.campaigns.passing_on.rules import GapReading
from gongjian.campaigns.queries import gap_owner_of
from gongjian.engines.cascade.exact import BadCascade
from gongjian.web.campaigns.forms import PartsForm, WayForm
from gongjian.web.campaigns.sentences import why_no_split
from gongjian.web.campaigns.target import find_target
from gongjian.web.forms import attempt
from gongjian.web.session import account_of


def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Split a target, check the sum, save the parts."""
    account = account_of(request)
    row = find_target(account, pk)
    perms.check_pass_on(account, row)
    digits = request.GET.get("digits", "")
    start = below(row, digits=int(digits) if digits in {"0", "1", "2"} else None)
    way = WayForm(request.GET or None, below=start)
    if request.method == "POST":
        form = PartsForm(request.POST, below=start)
        if "check" in request.POST:
            form.is_valid()
        elif _saved(request, form) is not None:
            return redirect("target", pk)
        return render(request, "campaigns/pass_on.html", _page(start, way, form), status=_status(form))
    parts, refused = _split(start, way)
    form = PartsForm(initial={key: f"{value.normalize():f}" for key, value in parts.items()}, below=start)
    context = _page(start, way, form, parts) | {"refused": refused}
    return render(request, "campaigns/pass_on.html", context)


def _saved(request: HttpRequest, form: PartsForm) -> Any:
    """What passing on came to; None where it was refused."""
    row, account, now = form.below.target, account_of(request), timezone.now()
    done = attempt(
        form,
        lambda: campaigns.pass_on(row, form.parts, reason=form.cleaned_data["reason"], by=account, at=now),
    )
    if done is not None:
        said = {"new": done.new, "changed": done.changed, "same": done.same}
        messages.success(
            request, _("下达 %(new)s 个目标，调整 %(changed)s 个，没有变化 %(same)s 个。") % said
        )
    return done


def _status(form: PartsForm) -> int:
    return 422 if form.errors else 200


def _split(start: Below, way: WayForm) -> tuple[dict[str, Any], str]:
    """The parts by the chosen way, or why there are none."""
    try:
        return start.split(way.chosen, way.headroom()), ""
    except BadCascade as bad:
        return {}, why_no_split(bad, start)


def _page(start: Below, way: WayForm, form: PartsForm, parts: Any = None) -> dict[str, Any]:
    """What the page shows: each part with last year's figure and its growth, the sum, the gap and its owner."""
    told = parts if parts is not None else form.told()
    rooms = way.headroom()
    return {
        "target": start.target,
        "start": start,
        "way": way,
        "form": form,
        "rows": [
            (part, form[part.key], _growth(told.get(part.key), part.base), rooms.get(part.key, part.headroom))
            for part in start.parts
        ],
        "gap": _gap(start, told),
        "gap_owner": gap_owner_of(start.target),
        "whole_growth": _growth(start.target.value, start.whole.base) if not start.whole.is_rate else None,
    }


def _growth(value: Any, base: Any) -> Any:
    """By how many per cent a part is above last year's figure."""
    return (value - base) / base * 100 if value is not None and base is not None and base > 0 else None


def _gap(start: Below, told: Any) -> GapReading | None:
    """The gap; None where a rate cannot be weighed."""
    try:
        return start.gap(told)
    except BadCascade:
        return None
