"""The targets that wait for the reader's answer: where a notice of many targets leads."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from gongjian.campaigns.agreement.queries import waiting_for
from gongjian.campaigns.queries import campaigns_of
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of


@require_GET
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Each target of a campaign whose next step is the reader's, with the amount named last."""
    account = account_of(request)
    campaign = get_object_or_404(campaigns_of(account), pk=pk)
    page = Paginator(waiting_for(account, campaign), PAGE).get_page(request.GET.get("page"))
    return render(request, "campaigns/answers.html", {"campaign": campaign, "page": page})
