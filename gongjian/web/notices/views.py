"""The inbox, and a printed list of notices for those who work on paper."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.notices import queries
from gongjian.notices import services as notices
from gongjian.web.form_pages import listing
from gongjian.web.notices.forms import InboxFilter, SheetForm
from gongjian.web.paging import PAGE
from gongjian.web.record_keys import record_keys
from gongjian.web.session import account_of
from gongjian.web.subject_pages import page_about


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Notices to the account and its unit, unread first."""
    chosen = InboxFilter(request.GET)
    rows = chosen.rows(queries.inbox(account_of(request)))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return listing(request, "notices/inbox.html", {"form": chosen, "page": page})


@require_POST
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go to the page it is about."""
    account = account_of(request)
    notice = get_object_or_404(queries.inbox(account), pk=pk)
    notices.mark_read(notice, by=account, at=timezone.now())
    return redirect(page_about(notice.subject_kind, notice.subject_id, reader=account) or reverse("inbox"))


@require_POST
def read_many(request: HttpRequest) -> HttpResponse:
    """Mark the ticked notices as read, or all of them."""
    ticked = record_keys(request.POST.getlist("pk"))
    if not ticked and request.POST.get("all") != "yes":
        messages.error(request, _("请先勾选通知。"))
        return redirect("inbox")
    chosen = None if request.POST.get("all") == "yes" else ticked
    count = notices.mark_all_read(numbers=chosen, by=account_of(request), at=timezone.now())
    messages.success(request, _("已把 %(n)s 条标为已读。") % {"n": count})
    return redirect("inbox")


@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Notices of a day by unit, to be printed and signed for."""
    account, today = account_of(request), timezone.localdate()
    form = SheetForm({"day": str(today)} | request.GET.dict(), account=account)
    day = form.cleaned_data["day"] if form.is_valid() else today
    unit = form.cleaned_data["unit"] if form.is_valid() else None
    rows = queries.notices_on(day, area=account.reads_area, unit=unit)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "day": day, "rows": page.object_list, "page": page}
    return render(request, "notices/list.html", context, status=422 if form.errors else 200)
