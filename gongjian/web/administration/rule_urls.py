"""Routes of the calendar, the regimes and the trail, and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.administration import calendar_pages, ladders, regimes, trail
from gongjian.web.rights import OFFICE, READERS, RUNNING

AUDITING = RUNNING | {Role.AUDITOR}

urlpatterns = [
    path("calendar/", calendar_pages.calendar, name="calendar"),
    path("calendar/new/", calendar_pages.calendar_new, name="calendar-new"),
    path("calendar/proposals/<int:pk>/", calendar_pages.calendar_proposal, name="calendar-proposal"),
    path("calendar/proposals/<int:pk>/adopt/", calendar_pages.calendar_adopt, name="calendar-adopt"),
    path("regimes/", regimes.regimes, name="regimes"),
    path("regimes/<int:pk>/", regimes.regime, name="regime"),
    path("ladder/", ladders.ladder, name="ladder"),
    path("ladder/days/", ladders.ladder_days, name="ladder-days"),
    path("ladder/<int:pk>/", ladders.ladder_unit, name="ladder-unit"),
    path("audit/", trail.audit, name="audit"),
    path("audit/verify/", trail.audit_verify, name="audit-verify"),
    path("audit/day-head/", trail.day_head, name="day-head"),
]

RIGHTS = {
    "calendar": READERS,
    "calendar-new": OFFICE | RUNNING,
    "calendar-proposal": OFFICE | RUNNING,
    "calendar-adopt": OFFICE | RUNNING,
    "regimes": READERS,
    "regime": READERS,
    "ladder": READERS,
    "ladder-days": OFFICE | RUNNING,
    "ladder-unit": OFFICE | RUNNING,
    "audit": AUDITING,
    "audit-verify": AUDITING,
    "day-head": AUDITING,
}
