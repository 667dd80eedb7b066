"""The administrator's pages of channels, quiet hours and notices sent."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.notices import outbox, queries
from gongjian.notices import services as notices
from gongjian.notices.models import Channel, QuietHours, Sending
from gongjian.web.editing.saving import edit
from gongjian.web.form_pages import form_page, listing
from gongjian.web.forms import attempt
from gongjian.web.notices.forms import ChannelForm, HoursForm, SendingFilter
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of

HOURS = ("starts", "ends", "digest_at", "working_days_only")


@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    """All channels, the quiet hours, and anything that prevents sending."""
    context = {
        "channels": Channel.objects.select_related("account", "unit"),
        "hours": queries.quiet_hours(),
        "missing": "" if outbox.is_installed() else outbox.how_to_install(),
        "interrupted": queries.interrupted().count(),
    }
    return render(request, "notices/channels.html", context)


def channel_new(request: HttpRequest) -> HttpResponse:
    """Add a channel."""
    form, by = ChannelForm(request.POST or None), account_of(request)
    if channel := attempt(form, lambda: notices.add_channel(**form.cleaned_data, by=by, at=timezone.now())):
        messages.success(request, _("已新增%(name)s。") % {"name": channel})
        return redirect("channels")
    return form_page(request, form, title=_("新增通道"), back="channels", back_name=_("通知通道"))


def _channel_form(data: Any, channel: Channel) -> ChannelForm:
    unseen = {"address": channel.address}
    return ChannelForm(
        data, channel=channel, initial={"name": channel.name}, subjects=[channel], unseen=unseen
    )


def channel_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the name and address of a channel."""
    channel, by = (
        get_object_or_404(Channel.objects.select_related("account", "unit"), pk=pk),
        account_of(request),
    )
    form, saved = edit(
        request,
        channel,
        make=_channel_form,
        save=lambda form, row: notices.update_channel(row, **form.cleaned_data, by=by, at=timezone.now()),
    )
    if saved:
        messages.success(request, _("已更正。"))
        return redirect("channels")
    return form_page(request, form, title=channel.name, back="channels", back_name=_("通知通道"))


@require_POST
def channel_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a channel on or off."""
    channel, active = get_object_or_404(Channel, pk=pk), request.POST.get("active") == "yes"
    notices.switch_channel(channel, active=active, by=account_of(request), at=timezone.now())
    done = _("已启用通道%(name)s。") if active else _("已停用通道%(name)s。")
    messages.success(request, done % {"name": channel.name})
    return redirect("channels")


def hours(request: HttpRequest) -> HttpResponse:
    """Set the quiet hours and the hour of the digest."""
    by = account_of(request)

    def make(data: Any, _none: None) -> HoursForm:
        rule = queries.quiet_hours()
        initial = {name: getattr(rule, name) for name in HOURS}
        return HoursForm(data, initial=initial, subjects=[rule])

    def save(form: HoursForm, _none: None) -> QuietHours:
        return notices.set_quiet_hours(**form.cleaned_data, by=by, at=timezone.now())

    form, saved = edit(request, None, make=make, save=save)
    if saved:
        messages.success(request, _("已更正。"))
        return redirect("channels")
    return form_page(request, form, title=_("静默时段"), back="channels", back_name=_("通知通道"))


@require_GET
def sendings(request: HttpRequest) -> HttpResponse:
    """Every notice sent or to be sent, with its state and the reason for any failure."""
    chosen = SendingFilter(request.GET)
    page = Paginator(chosen.rows(), PAGE).get_page(request.GET.get("page"))
    return listing(request, "notices/sendings.html", {"form": chosen, "page": page})


@require_POST
def sending_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a notice again by hand."""
    sending = get_object_or_404(Sending, pk=pk)
    notices.send_again(sending, by=account_of(request), at=timezone.now())
    messages.success(request, _("已排队，下一次例行任务时发送。"))
    return redirect("sendings")
