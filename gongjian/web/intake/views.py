"""The tray of reports: paste or upload a report, then review its drafts one by one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit import Refused
from gongjian.intake import queries, report_file
from gongjian.intake import services as intake_services
from gongjian.intake.calibration import queries as calibration
from gongjian.intake.models import Article, Draft, DraftState
from gongjian.web.forms import attempt
from gongjian.web.intake.draft_rows import Forms, page_of
from gongjian.web.intake.forms import ReportForm
from gongjian.web.paging import DRAFTS, PAGE
from gongjian.web.session import account_of

DECISIONS = {
    "drop": intake_services.drop_draft,
    "restore": intake_services.restore_draft,
}
MOST_TOLD = 5  # drafts left by a bulk confirmation that its notice names


def intake(request: HttpRequest) -> HttpResponse:
    """Reports taken in so far, and the form for the next one."""
    account = account_of(request)
    form = ReportForm(request.POST or None, request.FILES or None)
    if article := attempt(form, lambda: _take_in(request, form)):
        _tell_taken_in(request, article)
        return redirect("article", pk=article.pk)
    articles = queries.visible_to(account).select_related("taken_in_by").order_by("-pk")
    page = Paginator(articles, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "articles": page, "page": page}
    return render(request, "intake/intake.html", context, status=422 if form.is_bound else 200)


def _tell_taken_in(request: HttpRequest, article: Article) -> None:
    drafts = article.drafts.count()
    if drafts:
        told = ngettext("已读出 %(n)s 条草稿，请逐条确认。", "已读出 %(n)s 条草稿，请逐条确认。", drafts)
        messages.success(request, told % {"n": drafts})
    else:
        messages.warning(request, _(report_file.NOTHING_FOUND))


def _take_in(request: HttpRequest, form: ReportForm) -> Article:
    account, facts = account_of(request), form.cleaned_data
    upload = facts.pop("file")
    name = upload.name if upload else ""
    text = report_file.read_report(name, upload.read()) if upload else facts.pop("text")
    facts.pop("text", None)
    if account.writes_area is None:
        raise Refused(_("您的账号没有录入权限。请联系系统管理员。"))
    return intake_services.take_in(
        text=text, file_name=name, area=account.writes_area, by=account, at=timezone.now(), **facts
    )


def _load(request: HttpRequest, pk: int) -> Article:
    return get_object_or_404(queries.visible_to(account_of(request)), pk=pk)


def _page(
    request: HttpRequest, article: Article, *, draft: Draft | None = None, refused: Forms | None = None
) -> HttpResponse:
    page = page_of(article, account_of(request), timezone.localdate())
    number = _page_of_draft(draft) if draft else request.GET.get("page")
    shown = Paginator(page.drafts, DRAFTS).get_page(number)
    context = {
        "article": article,
        "page": shown,
        "rows": [page.row(one, refused if draft and one.pk == draft.pk else None) for one in shown],
        "sure": intake_services.SURE,
        "waiting": sum(one.state == DraftState.PENDING for one in page.drafts),
    }
    return render(request, "intake/article.html", context, status=422 if refused else 200)


@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The drafts of one report beside its text."""
    return _page(request, _load(request, pk))


@require_GET
def sureness(request: HttpRequest) -> HttpResponse:
    """How often what counted as sure was right, on reports kept apart and in this office."""
    context = {
        "sure": intake_services.SURE,
        "held_out": calibration.held_out(),
        "office": calibration.of_office(account_of(request)),
    }
    return render(request, "intake/sureness.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a draft as typed, enter one of its names as new, drop it, bring it back, undo its confirmation."""
    draft = _draft(request, pk)
    verb, _colon, about = request.POST.get("verb", "").partition(":")
    if request.method != "POST":
        return _to_draft(draft)
    if verb == "undo":
        return _undo(request, draft)
    if verb in DECISIONS:
        DECISIONS[verb](draft, by=account_of(request), at=timezone.now())
        return _to_draft(draft)
    return _as_typed(request, draft, verb, about)


def _as_typed(request: HttpRequest, draft: Draft, verb: str, about: str) -> HttpResponse:
    """Confirm the draft, or enter a name or post of it as new, with what was typed beside it."""
    forms = page_of(draft.article, account_of(request), timezone.localdate()).forms(draft, request.POST)
    act = {"new": _new_name, "post": _new_post}.get(verb, _confirm)
    if forms.valid(whole=act is _confirm) and (
        done := attempt(
            forms.form, lambda: act(draft, forms, about, by=account_of(request), at=timezone.now())
        )
    ):
        messages.success(request, done)
        return _to_draft(draft)
    return _page(request, draft.article, draft=draft, refused=forms)


def _undo(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Undo a confirmation, and say what of the newly registered went with it and what stays."""
    undone = intake_services.undo_confirmation(draft, by=account_of(request), at=timezone.now())
    told = [_("已撤销确认，草稿重新待确认。")]
    if undone.taken:
        told.append(_("新建的%(names)s一并收回。") % {"names": _("、").join(undone.taken)})
    if undone.kept:
        told.append(
            _("新建的%(names)s已有别处用到或有人改过，留在名册里。") % {"names": _("、").join(undone.kept)}
        )
    messages.success(request, "".join(told))
    return _to_draft(draft)


def _draft(request: HttpRequest, pk: int) -> Draft:
    mine = Draft.objects.filter(article__in=queries.visible_to(account_of(request)))
    return get_object_or_404(mine.select_related("article__area"), pk=pk)


def _to_draft(draft: Draft) -> HttpResponse:
    page = _page_of_draft(draft)
    query = f"?page={page}" if page > 1 else ""
    return redirect(f"{reverse('article', args=[draft.article_id])}{query}#draft-{draft.pk}")


def _page_of_draft(draft: Draft) -> int:
    """The page of the report on which a draft stands."""
    return draft.article.drafts.filter(order__lt=draft.order).count() // DRAFTS + 1


def _confirm(draft: Draft, forms: Forms, _about: str, **who: Any) -> str:
    values = forms.form.typed()
    if forms.promise is None:
        written = intake_services.confirm_as_typed(draft, values=values, picks=forms.names.picks(), **who)
    else:
        written = intake_services.confirm_commitment_as_typed(
            draft, values=values, task=values["text"], **forms.promise.cleaned_data, **who
        )
    return _("已写入台账：%(what)s") % {"what": written}


def _new_name(draft: Draft, forms: Forms, about: str, **who: Any) -> str:
    """Enter one printed name as new; `about` is its field and the name."""
    field, _colon, name = about.partition(":")
    made = intake_services.register_name_as_typed(
        draft, field=field, name=name, values=forms.form.typed(), picks=forms.names.picks(), **who
    )
    return _("已新建：%(what)s") % {"what": made}


def _new_post(draft: Draft, forms: Forms, about: str, **who: Any) -> str:
    unit = forms.names.unit_of(about)
    if unit is None:
        raise Refused(_("请先选“%(post)s”所在的单位。") % {"post": about})
    tenure = intake_services.register_post(draft, title=about, unit=unit, **who)
    return _("已新建：%(what)s") % {"what": tenure}


@require_POST
def confirm_sure(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm at once what is sure and carries no doubt; the notice says what was left, and why."""
    article = _load(request, pk)
    done, left = intake_services.confirm_sure(article, by=account_of(request), at=timezone.now())
    messages.success(
        request,
        ngettext("已确认 %(n)s 条把握大、没有疑点的草稿。", "已确认 %(n)s 条把握大、没有疑点的草稿。", done)
        % {"n": done},
    )
    if left:
        told = _("；").join(f"{one.name}（{one.reasons[0].rstrip('。')}）" for one in left[:MOST_TOLD])
        more = _("等") if len(left) > MOST_TOLD else ""
        messages.warning(
            request,
            _("%(n)s 条留下，请逐条看：%(told)s%(more)s。") % {"n": len(left), "told": told, "more": more},
        )
    return redirect("article", pk=pk)
