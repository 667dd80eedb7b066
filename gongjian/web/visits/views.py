"""One visit or meeting: planning, recording firm by firm, problems and their hand-over on the same page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.assignments.models import Regime
from gongjian.assignments.queries import readings
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.audit.wording import paper_words
from gongjian.bulletins.office_templates.paper import slips_file
from gongjian.intake.undo.queries import origin_of, undoable, with_origin
from gongjian.markets.queries import new_goods_in_notes
from gongjian.people.models import Account
from gongjian.problems.hand_over_slip import for_slips, slip_of
from gongjian.problems.models import Problem
from gongjian.problems.perms import can_hand_over
from gongjian.problems.queries import RELATED, open_ones
from gongjian.problems.suggested_units import queries as suggested_units
from gongjian.visits import perms, queries
from gongjian.visits import services as visits
from gongjian.visits.models import Note, Stop, Visit
from gongjian.visits.states import RALLIES, VisitKind, VisitState
from gongjian.web.editing.presence import note
from gongjian.web.editing.saving import edit as save_edit
from gongjian.web.file_answers import word_answer
from gongjian.web.forms import attempt
from gongjian.web.problems.forms import HandOverForm, ProblemForm, battle_choices, usable_regimes
from gongjian.web.problems.recording.forms import at_once_form
from gongjian.web.problems.recording.saving import save_recorded
from gongjian.web.rights import OFFICE
from gongjian.web.session import account_of
from gongjian.web.visits.forms import AddStopForm, CancelForm, NoteForm, StopForm, VisitForm

FIELDS = ("kind", "title", "area", "starts_on", "ends_on", "part", "place", "lead")


def load(request: HttpRequest, pk: int) -> Visit:
    """The visit, or 404 if the account may not see it."""
    account = account_of(request)
    rows = queries.visible_to(account).select_related("area", "lead")
    return get_object_or_404(with_origin(rows, account) if account.role in OFFICE else rows, pk=pk)


def page(request: HttpRequest, visit: Visit, *, open_stop: int = 0, **refused: Any) -> HttpResponse:
    """The page of one visit, with any form that was refused."""
    context = _about(
        visit, account=account_of(request), today=timezone.localdate(), open_stop=open_stop, refused=refused
    )
    context["present"] = note(request, visit) if context["can_write"] else None
    return render(request, "visits/visit.html", context, status=422 if refused else 200)


def _about(
    visit: Visit, *, account: Account, today: date, open_stop: int, refused: dict[str, Any]
) -> dict[str, Any]:
    battles, participants, regimes = battle_choices(), list(visit.participants.all()), usable_regimes()
    seen, hidden = queries.stops_seen(visit, account)
    trail = events_of(visit)
    if hidden:
        trail = trail.exclude(queries.told_of(visit.stops.exclude(pk__in=[stop.pk for stop in seen])))
    written = list(visit.notes.select_related("speaker"))
    stops = [
        _stop(
            stop,
            {"battles": battles, "regimes": regimes, "account": account},
            [n for n in written if n.stop_id == stop.pk],
            refused if stop.pk == open_stop else {},
        )
        for stop in seen
    ]
    heard, unheard = open_ones(visit.problems.select_related(*RELATED).order_by("pk"), account)
    shown = iter(readings([p.assignment for p in heard if p.assignment], today))
    forms = _hand_over_forms(heard, account, today, regimes=regimes)
    lines = [(p, next(shown), None) if p.assignment else (p, None, forms.get(p.pk)) for p in heard]
    if perms.can_write(account, visit):
        _propose_goods(stops)
    origin = origin_of(visit)
    for stop in stops:
        stop["problems"] = [line for line in lines if line[0].enterprise_id == stop["stop"].enterprise_id]
        stop["asks"] = stop["asks"] or (visit.state == VisitState.PLANNED and not stop["problems"])
    return {
        "visit": visit,
        "is_rally": visit.kind in RALLIES,
        "stops": stops,
        "hidden": hidden + unheard,
        "open_stop": open_stop,
        "notes": [note for note in written if note.stop_id is None],
        "participants": participants,
        "has_slips": any(problem.assignment for problem in heard),
        "can_write": perms.can_write(account, visit),
        "origin": origin,
        "undoable": origin is not None and undoable(origin.decided_at, today),
        "note_form": refused.get("note_form") or NoteForm(visit=visit, speakers=participants),
        "add_form": refused.get("add_form") or AddStopForm(account=account),
        "cancel_form": CancelForm(),
        "events": trail.order_by("-seq"),
    }


def _propose_goods(stops: list[dict[str, Any]]) -> None:
    """Beside each stop what its notes say the firm makes and buys, for the clerk to confirm."""
    goods = new_goods_in_notes(
        {stop["stop"].enterprise_id: "\n".join(note.text for note in stop["notes"]) for stop in stops}
    )
    for stop in stops:
        stop["goods"] = goods.get(stop["stop"].enterprise_id, ())


def _hand_over_forms(
    heard: list[Problem], account: Account, today: date, *, regimes: list[Regime]
) -> dict[int, HandOverForm]:
    """A form of its own for each problem that waits to be handed over by whoever looks, with who might handle it."""
    waiting = [problem for problem in heard if can_hand_over(account, problem)]
    suggestions = suggested_units.suggest(waiting, today=today)
    return {
        problem.pk: HandOverForm(
            account=account,
            regimes=regimes,
            suggestions=suggestions.get(problem.pk, ()),
            unfiled=problem.is_unfiled,
            auto_id=f"id_h{problem.pk}_%s",
        )
        for problem in waiting
    }


def _stop(stop: Stop, shared: dict[str, Any], notes: list[Note], refused: dict[str, Any]) -> dict[str, Any]:
    return {
        "stop": stop,
        "notes": notes,
        "form": refused.get("stop_form") or _stop_form(None, stop, notes),
        "problem_form": refused.get("problem_form")
        or ProblemForm(
            prefix=f"p{stop.pk}",
            battles=shared["battles"],
            subject_firm=stop.enterprise_id,
            initial={"channel": "VISIT" if stop.visit.kind == VisitKind.VISIT else "SEMINAR"},
        ),
        "at_once": refused.get("at_once")
        or at_once_form(
            None,
            shared["account"],
            stop.enterprise.area,
            prefix=f"h{stop.pk}",
            regimes=shared["regimes"],
        ),
        "asks": "problem_form" in refused,
    }


def _stop_form(data: Any, stop: Stop, notes: Iterable[Note]) -> StopForm:
    initial = {"result": stop.result, "received_by": stop.received_by}
    initial |= {f"note_{note.heading}": note.text for note in notes}
    return StopForm(
        data,
        initial=initial,
        prefix=f"s{stop.pk}",
        subjects=[stop.visit],
        subject_firm=stop.enterprise_id,
    )


@require_GET
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one visit."""
    return page(request, load(request, pk))


@require_GET
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """The slips of all problems of the visit that were handed over, in one Word file."""
    visit, today = load(request, pk), timezone.localdate()
    rows, _hidden = open_ones(for_slips(visit.problems.all()), account_of(request))
    if not rows:
        raise Refused(_("这次走访还没有交办的问题，没有交办单。请先交办。"))
    with paper_words(visit.area.name):
        papers = [slip_of(problem, today=today) for problem in rows]
        content = slips_file(papers, area=visit.area, title=str(visit))
    return word_answer(content, f"slips-{visit.starts_on:%Y%m%d}-{visit.pk}.docx")


def new(request: HttpRequest) -> HttpResponse:
    """Plan a visit or a meeting."""
    account = account_of(request)
    initial: dict[str, Any] = {
        "starts_on": timezone.localdate(),
        "area": account.writes_area,
        "kind": request.GET.get("kind", VisitKind.VISIT),
    }
    if firm := request.GET.get("enterprise"):
        initial["enterprises"] = [firm]
    form = VisitForm(request.POST or None, account=account, initial=initial)
    if form.is_valid():
        visit = attempt(form, lambda: visits.plan(**form.cleaned_data, by=account, at=timezone.now()))
        if visit:
            messages.success(request, _("已列入走访计划。"))
            return redirect("visit", pk=visit.pk)
    return render(request, "visits/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _facts(visit: Visit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in FIELDS} | {
        "participants": visit.participants.all(),
        "enterprises": [stop.enterprise_id for stop in visit.stops.all()],
    }


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the plan or the record."""
    visit, account = load(request, pk), account_of(request)

    def make(data: Any, visit: Visit) -> VisitForm:
        return VisitForm(data, account=account, initial=_facts(visit), subjects=[visit])

    def save(form: VisitForm, visit: Visit) -> Visit:
        return visits.update(visit, **form.cleaned_data, by=account, at=timezone.now())

    form, saved = save_edit(request, visit, make=make, save=save)
    if saved:
        messages.success(request, _("已更正。"))
        return redirect("visit", pk=pk)
    return render(
        request, "visits/new.html", {"form": form, "visit": visit}, status=422 if form.is_bound else 200
    )


@require_POST
def add_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a firm to this visit."""
    visit, account = load(request, pk), account_of(request)
    form = AddStopForm(request.POST, account=account)
    if attempt(form, lambda: visits.add_stop(visit, **form.cleaned_data, by=account, at=timezone.now())):
        return redirect("visit", pk=pk)
    return page(request, visit, add_form=form)


@require_POST
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a paragraph on the visit as a whole."""
    visit, account = load(request, pk), account_of(request)
    form = NoteForm(request.POST, visit=visit)
    if attempt(form, lambda: visits.add_note(visit, **form.cleaned_data, by=account, at=timezone.now())):
        return redirect("visit", pk=pk)
    return page(request, visit, note_form=form)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the visit as done."""
    visits.finish(load(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("已记为完成。"))
    return redirect("visit", pk=pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the visit off."""
    visits.cancel(
        load(request, pk), reason=request.POST.get("reason", ""), by=account_of(request), at=timezone.now()
    )
    messages.success(request, _("已取消。"))
    return redirect("visit", pk=pk)


def _stop_of(request: HttpRequest, pk: int) -> Stop:
    stops = Stop.objects.filter(visit__in=queries.visible_to(account_of(request)))
    return get_object_or_404(stops.select_related("visit", "enterprise"), pk=pk)


@require_POST
def record_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the result of the visit at one firm."""
    stop, account = _stop_of(request, pk), account_of(request)

    def make(data: Any, stop: Stop) -> StopForm:
        return _stop_form(data, stop, stop.notes.all())

    def save(form: StopForm, stop: Stop) -> Stop:
        facts = {name: form.cleaned_data[name] for name in ("result", "received_by")}
        return visits.record_stop(stop, **facts, notes=form.notes(), by=account, at=timezone.now())

    form, saved = save_edit(request, stop, make=make, save=save)
    if saved:
        messages.success(request, _("%(firm)s的走访结果已记录。") % {"firm": stop.enterprise})
        return redirect(f"/visits/{stop.visit_id}/#stop-{pk}")
    return page(request, stop.visit, open_stop=pk, stop_form=form)


@require_POST
def record_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a problem of this firm; its hand-over form opens on the same page."""
    stop, account = _stop_of(request, pk), account_of(request)
    form = ProblemForm(request.POST, prefix=f"p{pk}", subject_firm=stop.enterprise_id)
    at_once = at_once_form(request, account, stop.enterprise.area, prefix=f"h{pk}")
    if problem := save_recorded(request, form, at_once, enterprise=stop.enterprise, visit=stop.visit):
        return redirect(f"/visits/{stop.visit_id}/#problem-{problem.pk}")
    return page(request, stop.visit, open_stop=pk, problem_form=form, at_once=at_once)
