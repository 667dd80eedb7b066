"""Routes of the register of firms and who may take them."""

from django.urls import path

from gongjian.enterprises.perms import KEEPERS
from gongjian.web.enterprises import views
from gongjian.web.enterprises.fact_import import views as fact_import
from gongjian.web.enterprises.monthly_returns import views as monthly_returns
from gongjian.web.enterprises.source_conflicts import views as source_conflicts
from gongjian.web.rights import OFFICE, READERS

KEEPING = frozenset(KEEPERS)

urlpatterns = [
    path("enterprises/", views.register, name="enterprise-register"),
    path("enterprises/export/", views.export, name="enterprise-export"),
    path("enterprises/find/", views.find, name="enterprise-find"),
    path("contacts/find/", views.find_contact, name="contact-find"),
    path("enterprises/new/", views.new, name="enterprise-new"),
    path("enterprises/<int:pk>/", views.enterprise, name="enterprise"),
    path("enterprises/<int:pk>/edit/", views.edit, name="enterprise-edit"),
    path("enterprises/<int:pk>/add/<slug:part>/", views.add, name="enterprise-add"),
    path("enterprises/<int:pk>/merge/", views.merge, name="enterprise-merge"),
    path("facts/imports/", fact_import.imports, name="fact-imports"),
    path("facts/sample/", fact_import.sample, name="fact-sample"),
    path("facts/export/", fact_import.export, name="fact-export"),
    path("facts/template/", fact_import.template, name="fact-template"),
    path("facts/imports/<int:pk>/", fact_import.batch, name="batch"),
    path("facts/imports/<int:pk>/write/", fact_import.write, name="batch-write"),
    path("facts/imports/<int:pk>/undo/", fact_import.undo, name="batch-undo"),
    path("facts/imports/<int:pk>/drop/", fact_import.drop, name="batch-drop"),
    path("facts/imports/<int:pk>/errors/", fact_import.errors, name="batch-errors"),
    path("facts/conflicts/", source_conflicts.conflicts, name="fact-conflicts"),
    path("facts/conflicts/choose/", source_conflicts.choose, name="fact-choose"),
    path("facts/choices/<int:pk>/withdraw/", source_conflicts.withdraw, name="choice-withdraw"),
    path("firm-months/", monthly_returns.firm_months, name="firm-months"),
    path("firm-months/firms/", monthly_returns.firm_month_lines, name="firm-month-lines"),
    path("firm-months/firms/export/", monthly_returns.export, name="firm-month-export"),
    path("pairings/<int:pk>/end/", views.end_pairing, name="pairing-end"),
]

RIGHTS = {
    "enterprise-register": READERS,
    "enterprise-export": READERS,
    "enterprise-find": READERS,
    "contact-find": READERS,
    "enterprise-new": KEEPING,
    "enterprise": READERS,
    "enterprise-edit": KEEPING,
    "enterprise-add": KEEPING,
    "enterprise-merge": OFFICE,
    "pairing-end": KEEPING,
    "fact-imports": KEEPING,
    "fact-sample": KEEPING,
    "fact-export": KEEPING,
    "fact-template": KEEPING,
    "batch": KEEPING,
    "batch-write": KEEPING,
    "batch-undo": KEEPING,
    "batch-drop": KEEPING,
    "batch-errors": KEEPING,
    "fact-conflicts": READERS,
    "fact-choose": KEEPING,
    "choice-withdraw": KEEPING,
    "firm-months": READERS,
    "firm-month-lines": READERS,
    "firm-month-export": READERS,
}
