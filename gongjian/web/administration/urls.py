"""Routes of the calendar, the regimes and the audit trail, and who may use them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.administration.audit_trail import views as audit_trail
from gongjian.web.administration.calendar import views as calendar
from gongjian.web.administration.ladder import views as ladder
from gongjian.web.administration.regime_changes import views as regime_changes
from gongjian.web.administration.regimes import views as regimes
from gongjian.web.rights import OFFICE, READERS, RUNNING

AUDITING = RUNNING | {Role.AUDITOR}

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/new/", calendar.calendar_new, name="calendar-new"),
    path("calendar/proposals/<int:pk>/", calendar.calendar_proposal, name="calendar-proposal"),
    path("calendar/proposals/<int:pk>/adopt/", calendar.calendar_adopt, name="calendar-adopt"),
    path("regimes/", regimes.regimes, name="regimes"),
    path("regimes/new/", regime_changes.regime_new, name="regime-new"),
    path("regimes/changes/<int:pk>/", regime_changes.regime_change, name="regime-change"),
    path("regimes/changes/<int:pk>/adopt/", regime_changes.regime_adopt, name="regime-adopt"),
    path("regimes/<int:pk>/", regimes.regime, name="regime"),
    path("regimes/<int:pk>/take-up/", regime_changes.regime_take_up, name="regime-take-up"),
    path("regimes/<int:pk>/edit/", regime_changes.regime_edit, name="regime-edit"),
    path("regimes/<int:pk>/switch/", regime_changes.regime_switch, name="regime-switch"),
    path("ladder/", ladder.ladder, name="ladder"),
    path("ladder/days/", ladder.ladder_days, name="ladder-days"),
    path("ladder/<int:pk>/", ladder.ladder_unit, name="ladder-unit"),
    path("audit/", audit_trail.audit, name="audit"),
    path("audit/verify/", audit_trail.audit_verify, name="audit-verify"),
    path("audit/day-head/", audit_trail.day_head, name="day-head"),
]

RIGHTS = {
    "calendar": READERS,
    "calendar-new": OFFICE | RUNNING,
    "calendar-proposal": OFFICE | RUNNING,
    "calendar-adopt": OFFICE | RUNNING,
    "regimes": READERS,
    "regime": READERS,
    "regime-new": OFFICE | RUNNING,
    "regime-take-up": OFFICE | RUNNING,
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
