"""Registering who works where: one page for unit, person, post and account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from gongjian.people.staff.services import register_staff
from gongjian.web.form_pages import form_page
from gongjian.web.forms import attempt
from gongjian.web.people.staff.forms import StaffForm
from gongjian.web.session import account_of


@cache_control(no_store=True)
def staff_new(request: HttpRequest) -> HttpResponse:
    """Register a person with post, unit and account; an account's password is shown on a slip, once."""
    by, at = account_of(request), timezone.now()
    form = StaffForm(request.POST or None, account=by, initial={"unit": request.GET.get("unit")})
    made = attempt(form, lambda: register_staff(**form.cleaned_data, by=by, at=at))
    if made is None:
        return form_page(request, form, title=_("登记单位和人员"), back="units", back_name=_("单位与职务"))
    if made.account:
        slip = {"opened": made.account, "password": made.password, "by": by, "unit": made.unit}
        return render(request, "administration/slip.html", slip)
    messages.success(request, _("已登记%(unit)s%(name)s。") % {"unit": made.unit, "name": made.person})
    return redirect("unit", pk=made.unit.pk)
