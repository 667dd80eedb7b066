"""Saving the project of a problem."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.problems import services as problems
from gongjian.web.forms import attempt
from gongjian.web.problems.blockers.forms import ProjectOfProblemForm
from gongjian.web.problems.views import load, page
from gongjian.web.session import account_of


@require_POST
def name_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which project a problem is about, or that it is about none."""
    problem, account = load(request, pk), account_of(request)
    form = ProjectOfProblemForm(request.POST, account=account)
    if attempt(
        form,
        lambda: problems.name_project(problem, form.cleaned_data["project"], by=account, at=timezone.now()),
    ):
        messages.success(request, _("已保存。"))
        return redirect("problem", pk=pk)
    return page(request, problem, project_form=form)
