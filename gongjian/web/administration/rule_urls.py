"""Routes of the calendar, the regimes and the trail, and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.administration import calendar_pages, ladders, regime_changes, regimes, trail
from gongjian.web.rights import OFFICE, READERS, RUNNING

AUDITING = RUNNING | {Role.AUDITOR}

urlpatterns = [
    path("calendar/", calendar_pages.calendar, name="calendar"),
    path("calendar/new/", calendar_pages.calendar_new, name="calendar-new"),
    path("calendar/proposals/<int:pk>/", calendar_pages.calendar_proposal, name="calendar-proposal"),
    path("calendar/proposals/<int:pk>/adopt/", calendar_pages.calendar_adopt, name="calendar-adopt"),
    path("regimes/", regimes.regimes, name="regimes"),
    path("regimes/new/", regime_changes.regime_new, name="regime-new"),
    path("regimes/changes/<int:pk>/", regime_changes.regime_change, name="regime-change"),
    path("regimes/changes/<int:pk>/adopt/", regime_changes.regime_adopt, name="regime-adopt"),
    path("regimes/<int:pk>/", regimes.regime, name="regime"),
    path("regimes/<int:pk>/edit/", regime_changes.regime_edit, name="regime-edit"),
    path("regimes/<int:pk>/switch/", regime_changes.regime_switch, name="regime-switch"),
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
    "regime-new": OFFICE | RUNNING,
    "regime-edit": OFFICE | RUNNING,
    "regime-change": OFFICE | RUNNING,
    "regime-adopt": OFFICE | RUNNING,
    "regime-switch": OFFICE | RUNNING,
    "ladder": READERS,
    "ladder-days": OFFICE | RUNNING,
    "ladder-unit": OFFICE | RUNNING,
    "audit": AUDITING,
    "audit-verify": AUDITING,
    "day-head": AUDITING,
}
