"""Publishing a month, what was published beside what is known now, and excuses."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.people.queries import reads, sight
from gongjian.standings import queries
from gongjian.standings import services as rooms
from gongjian.standings.models import Excuse
from gongjian.standings.publications.queries import corrected_since, then_and_now
from gongjian.web.forms import attempt
from gongjian.web.indicators.months import month_of
from gongjian.web.indicators.views import this_month
from gongjian.web.paging import FEW
from gongjian.web.session import account_of
from gongjian.web.standings.forms import ExcuseForm


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the standings of a month as they are now."""
    account = account_of(request)
    scheme = get_object_or_404(queries.schemes_visible_to(account), pk=pk)
    month = month_of(request.POST.get("month", ""))
    if month is None:
        raise Http404
    row = rooms.publish(scheme, month=month, by=account, at=timezone.now())
    messages.success(request, _("已发布。数据以后再更正，这里会写明。"))
    return redirect("published", pk=row.pk)


@require_GET
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """Published places beside those the figures give now, and the figures corrected since."""
    account = account_of(request)
    row = get_object_or_404(queries.publications_visible_to(account), pk=pk)
    figures = list(corrected_since(row))
    context = {
        "one": row,
        "rows": then_and_now(row),
        "corrected": [figure for figure in figures if reads(account, figure.area)][:FEW],
        "all_corrected": len(figures),
    }
    return render(request, "standings/published.html", context)


def excuses(request: HttpRequest) -> HttpResponse:
    """What nobody could prevent: the list, and a new one."""
    account = account_of(request)
    form = ExcuseForm(request.POST or None, account=account, last=this_month())
    row = attempt(form, lambda: rooms.excuse(**form.cleaned_data, by=account, at=timezone.now()))
    if row is not None:
        messages.success(request, _("已登记。"))
        return redirect(reverse("excuses"))
    rows = Excuse.objects.filter(sight(account)).select_related("area", "recorded_by")[:FEW]
    context = {"form": form, "rows": rows}
    return render(request, "standings/excuses.html", context, status=422 if form.is_bound else 200)
