"""Routes of areas, units, persons and accounts, and who may take them."""

from django.urls import path

from gongjian.web.people import exports
from gongjian.web.people.accounts import views as accounts
from gongjian.web.people.areas import views as areas
from gongjian.web.people.open_matters import views as open_matters
from gongjian.web.people.persons import views as persons
from gongjian.web.people.staff import views as staff
from gongjian.web.people.type_ahead import views as type_ahead
from gongjian.web.rights import OFFICE, READERS, RUNNING

KEEPING = OFFICE | RUNNING

urlpatterns = [
    path("units/find/", type_ahead.unit_find, name="unit-find"),
    path("persons/find/", type_ahead.person_find, name="person-find"),
    path("areas/", areas.areas, name="areas"),
    path("areas/export/", exports.areas, name="area-export"),
    path("areas/new/", areas.area_new, name="area-new"),
    path("areas/<int:pk>/edit/", areas.area_edit, name="area-edit"),
    path("units/", areas.units, name="units"),
    path("units/export/", exports.units, name="unit-export"),
    path("units/new/", areas.unit_new, name="unit-new"),
    path("units/<int:pk>/", areas.unit, name="unit"),
    path("units/<int:pk>/edit/", areas.unit_edit, name="unit-edit"),
    path("units/<int:pk>/disable/", areas.unit_disable, name="unit-disable"),
    path("units/<int:pk>/open/", open_matters.of_unit, name="unit-open-matters"),
    path("persons/<int:pk>/open/", open_matters.of_person, name="person-open-matters"),
    path("open-matters/", open_matters.unheld, name="open-matters"),
    path("persons/", persons.persons, name="persons"),
    path("persons/export/", exports.persons, name="person-export"),
    path("persons/new/", persons.person_new, name="person-new"),
    path("persons/<int:pk>/", persons.person, name="person"),
    path("persons/<int:pk>/edit/", persons.person_edit, name="person-edit"),
    path("persons/<int:pk>/appoint/", persons.person_appoint, name="person-appoint"),
    path("tenures/<int:pk>/end/", persons.tenure_end, name="tenure-end"),
    path("staff/new/", staff.staff_new, name="staff-new"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/export/", exports.accounts, name="account-export"),
    path("accounts/new/", accounts.account_new, name="account-new"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/reset/", accounts.account_reset, name="account-reset"),
    path("accounts/<int:pk>/reset-factor/", accounts.account_factor_reset, name="account-factor-reset"),
    path("accounts/<int:pk>/switch/", accounts.account_switch, name="account-switch"),
]

RIGHTS = {
    "unit-find": READERS,
    "person-find": READERS,
    "areas": READERS,
    "area-export": READERS,
    "area-new": KEEPING,
    "area-edit": KEEPING,
    "units": READERS,
    "unit-export": READERS,
    "unit-new": KEEPING,
    "unit": READERS,
    "unit-edit": KEEPING,
    "unit-disable": KEEPING,
    "unit-open-matters": KEEPING,
    "person-open-matters": KEEPING,
    "open-matters": KEEPING,
    "persons": READERS,
    "person-export": KEEPING,
    "person-new": KEEPING,
    "person": READERS,
    "person-edit": KEEPING,
    "person-appoint": KEEPING,
    "tenure-end": KEEPING,
    "staff-new": KEEPING,
    "accounts": RUNNING,
    "account-export": RUNNING,
    "account-new": RUNNING,
    "account": RUNNING,
    "account-reset": RUNNING,
    "account-factor-reset": RUNNING,
    "account-switch": RUNNING,
}
