"""Adopting, copying and editing a regime: its text, a simulator, and a second press to confirm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjian.assignments import perms
from gongjian.assignments.models import Regime, RegimeChange
from gongjian.assignments.regimes import services as changes
from gongjian.assignments.regimes.simulator import simulate
from gongjian.assignments.states import Light
from gongjian.assignments.vocabulary import own_name
from gongjian.engines.clock.regime_file import parse_regime
from gongjian.web.administration.regimes.views import grades_in_words
from gongjian.web.editing.forms import EditForm
from gongjian.web.editing.saving import edit
from gongjian.web.forms import Form, TextArea, attempt
from gongjian.web.navigation import city_name
from gongjian.web.paging import FEW as PAGE
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of


class TakeUpForm(Form):
    """The office's own name of a regime of the library, and the paper it stands in."""

    name = forms.CharField(
        label=gettext_lazy("本办制度的名称"), max_length=60, help_text=gettext_lazy("交办单上写的就是它。")
    )
    document = forms.CharField(
        label=gettext_lazy("依据的文件"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("本办自己的文件和文号；还没有发文的可以不填，写明参照哪里的做法。"),
    )


class RegimeForm(EditForm):
    """A regime as text; what two people changed in it is brought together by lines."""

    by_lines = ("text",)

    text = TextArea(
        label=gettext_lazy("时限制度的内容"),
        rows=30,
        max_length=20000,
        strip=False,
        help_text=gettext_lazy("照示例改写。提交后先看试算，再启用；已经在办的事项不受影响。"),
    )


def _write(request: HttpRequest, regime: Regime | None, text: str, title: str) -> HttpResponse:
    account = account_of(request)
    perms.check_calendar(account)

    def make(data: Any, row: Regime | None) -> RegimeForm:
        return _form(data, row, text if row is None else "", earlier=_earlier(request, row))

    def save(form: RegimeForm, row: Regime | None) -> RegimeChange:
        return changes.propose_regime(form.cleaned_data["text"], regime=row, by=account, at=timezone.now())

    form, change = edit(request, regime, make=make, save=save)
    if change and form.brought_together:
        messages.info(
            request, _("您打开以后别人也改了这项制度，不同的行两人的改动都在下面，请核对后再启用。")
        )
    if change:
        return redirect("regime-change", pk=change.pk)
    context = {"form": form, "title": title, "regime": regime}
    return render(request, "administration/regime_edit.html", context, status=422 if form.is_bound else 200)


def _form(data: Any, regime: Regime | None, text: str, *, earlier: RegimeChange | None) -> RegimeForm:
    held = {"text": changes.text_of(regime) if regime else text}
    form = RegimeForm(data, initial=held, subjects=[regime] if regime else [])
    if earlier and not form.is_bound:
        form.opened_with({"text": earlier.text}, {"text": changes.base_of(earlier)})
    return form


def _earlier(request: HttpRequest, regime: Regime | None) -> RegimeChange | None:
    """The version to go on with (`?from=7`): written for a text of the regime that is no longer in force."""
    pk = record_key(request.GET.get("from", "")) if regime else None
    return RegimeChange.objects.filter(pk=pk, regime=regime, adopted_at__isnull=True).first() if pk else None


def regime_new(request: HttpRequest) -> HttpResponse:
    """Create a regime, starting from a copy of an existing one."""
    source = (
        Regime.objects.filter(pk=record_key(request.GET.get("from", ""))).first() or Regime.objects.first()
    )
    return _write(request, None, changes.copy_of(source) if source else "", _("新的时限制度"))


def regime_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new version of a regime."""
    regime = get_object_or_404(Regime, pk=pk)
    return _write(request, regime, changes.text_of(regime), _("修改%(name)s") % {"name": regime.name})


@require_GET
def regime_change(request: HttpRequest, pk: int) -> HttpResponse:
    """A version of a regime and what it would change; rows whose light changes come first."""
    rows = RegimeChange.objects.select_related("regime", "proposed_by", "adopted_by")
    change, account = get_object_or_404(rows, pk=pk), account_of(request)
    facts = parse_regime(change.text)
    context: dict[str, Any] = {
        "change": change,
        "facts": facts,
        "grades": grades_in_words(facts["grades"]),
        "before": grades_in_words(change.regime.grades) if change.regime else [],
        "can_keep": perms.can_keep_calendar(account),
        "overtaken": bool(change.regime and not change.adopted_at and change.regime.version != change.base),
    }
    if change.regime and not change.adopted_at:
        context |= _simulated(request, change.regime, facts["grades"])
    return render(request, "administration/regime_change.html", context)


def _simulated(request: HttpRequest, regime: Regime, grades: list[dict[str, Any]]) -> dict[str, Any]:
    run = simulate(regime, grades, today=timezone.localdate())
    lights = [
        (light, run.before.get(light, 0), run.after.get(light, 0)) for light in Light if light != Light.DONE
    ]
    changes, late = run.listed_for(account_of(request))
    page = Paginator(changes, PAGE).get_page(request.GET.get("page"))
    hidden = len(run.changes) - len(changes) + len(run.late_changes) - len(late)
    return {"run": run, "lights": lights, "page": page, "late": late[:PAGE], "hidden": hidden}


def regime_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up a regime of the library under the office's own name."""
    source, account = get_object_or_404(Regime, pk=pk), account_of(request)
    perms.check_calendar(account)
    form = TakeUpForm(request.POST or None, initial={"name": own_name(city_name(account))})
    at = timezone.now()
    if taken := attempt(form, lambda: changes.take_up_regime(source, **form.cleaned_data, by=account, at=at)):
        messages.success(request, _("已采用为%(name)s，从现在起可以按它交办。") % {"name": taken.name})
        return redirect("regime", pk=taken.pk)
    context = {"form": form, "source": source, "grades": grades_in_words(source.grades)}
    return render(
        request, "administration/regime_take_up.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def regime_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the version into force from now on."""
    change = get_object_or_404(RegimeChange, pk=pk)
    regime = changes.adopt_regime(change, by=account_of(request), at=timezone.now())
    messages.success(
        request,
        _("已启用%(name)s第%(version)s版，从现在起的交办按它计时。")
        % {"name": regime.name, "version": regime.version},
    )
    return redirect("regime", pk=regime.pk)


@require_POST
def regime_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop offering a regime for new hand-overs, or offer it again."""
    regime = get_object_or_404(Regime, pk=pk)
    on = None if request.POST.get("active") == "yes" else timezone.localdate()
    changes.switch_regime(regime, disabled_on=on, by=account_of(request), at=timezone.now())
    done = _("已停用%(name)s，在办的不受影响。") if on else _("已恢复使用%(name)s。")
    messages.success(request, done % {"name": regime.name})
    return redirect("regime", pk=pk)
