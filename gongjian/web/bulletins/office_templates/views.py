"""The office's own Word templates: taken in, looked at, taken out again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit import Refused
from gongjian.bulletins.models import PaperKind, PaperTemplate
from gongjian.bulletins.office_templates import queries
from gongjian.bulletins.office_templates import services as office_templates
from gongjian.bulletins.office_templates.samples import paper as samples
from gongjian.bulletins.office_templates.vocabulary import BULLETIN_MESSAGES, SLIP_MESSAGES
from gongjian.engines.paper.template_flaws import LARGEST
from gongjian.people.models import Account, Area
from gongjian.web.file_answers import word_answer
from gongjian.web.forms import Form, attempt
from gongjian.web.session import account_of


class TemplateForm(Form):
    """A Word file and the kind of paper it is for."""

    kind = forms.ChoiceField(label=gettext_lazy("用于"), choices=PaperKind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("Word 文件"),
        allow_empty_file=True,
        help_text=gettext_lazy(".docx，最大 5 MB，不带宏和密码。"),
        widget=forms.FileInput(attrs={"accept": ".docx", "data-max": LARGEST}),
    )


def templates(request: HttpRequest) -> HttpResponse:
    """What each kind of paper is printed by, and the form to bring a template of one's own."""
    account = account_of(request)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if made := attempt(form, lambda: _take(account, form)):
        messages.success(request, _("以后%(kind)s按这份模板出文件。") % {"kind": made.get_kind_display()})
        return redirect("paper-templates")
    context = {
        "form": form,
        "papers": _papers(account),
        "fields": (BULLETIN_MESSAGES.items(), SLIP_MESSAGES.items()),
    }
    return render(request, "bulletins/templates.html", context, status=422 if form.is_bound else 200)


def _take(account: Account, form: TemplateForm) -> PaperTemplate:
    file = form.cleaned_data["file"]
    return office_templates.take_template(
        area=_area(account),
        kind=form.cleaned_data["kind"],
        name=file.name,
        content=file.read(),
        by=account,
        at=timezone.now(),
    )


def _papers(account: Account) -> list[dict[str, Any]]:
    own = queries.templates_in_force(_area(account))
    return [{"kind": kind, "label": label, "own": own.get(kind)} for kind, label in PaperKind.choices]


@require_GET
def sample(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001  the same for everybody
    """A template to begin with."""
    if kind not in PaperKind.values:
        raise Http404
    return _word(samples.sample_template(kind), f"template-{kind.lower()}")


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The template as it is kept."""
    own = _load(request, pk)
    return _word(bytes(own.content), f"template-{own.kind.lower()}-{own.pk}")


def _word(content: bytes, name: str) -> HttpResponse:
    return word_answer(content, f"{name}.docx")


def _load(request: HttpRequest, pk: int) -> PaperTemplate:
    return get_object_or_404(PaperTemplate, pk=pk, area=_area(account_of(request)))


def _area(account: Account) -> Area:
    """The area whose papers the account makes."""
    if account.writes_area is None:
        raise Refused(_("您的账号没有录入权限。请联系系统管理员。"))
    return account.writes_area


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to the built-in layout."""
    own = office_templates.withdraw_template(_load(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("%(kind)s改回内置格式。") % {"kind": own.get_kind_display()})
    return redirect("paper-templates")
