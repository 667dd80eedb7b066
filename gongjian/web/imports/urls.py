"""Routes of the import of ledgers and who may take them."""

from django.urls import path

from gongjian.imports.states import IMPORTERS
from gongjian.web.imports import slips, views
from gongjian.web.rights import RUNNING

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/template/<slug:kind>/", views.template, name="import-template"),
    path("imports/<int:pk>/", views.ledger, name="import"),
    path("imports/<int:pk>/sheets/", views.sheets, name="import-sheets"),
    path("imports/<int:pk>/headings/", views.headings, name="import-headings"),
    path("imports/<int:pk>/names/", views.names, name="import-names"),
    path("imports/<int:pk>/confirm/", views.confirm, name="import-confirm"),
    path("imports/<int:pk>/write/", views.write, name="import-write"),
    path("imports/<int:pk>/undo/", views.undo, name="import-undo"),
    path("imports/<int:pk>/drop/", views.drop, name="import-drop"),
    path("imports/<int:pk>/slips/", slips.slips, name="import-slips"),
    path("imports/<int:pk>/errors/", views.errors, name="import-errors"),
]

RIGHTS = {
    "imports": IMPORTERS,
    "import-template": IMPORTERS,
    "import": IMPORTERS,
    "import-sheets": IMPORTERS,
    "import-headings": IMPORTERS,
    "import-names": IMPORTERS,
    "import-confirm": IMPORTERS,
    "import-write": IMPORTERS,
    "import-undo": IMPORTERS,
    "import-drop": IMPORTERS,
    "import-slips": RUNNING,
    "import-errors": IMPORTERS,
}
