"""Routes of the register of firms and who may take them."""

from django.urls import path

from gongjian.enterprises.perms import KEEPERS
from gongjian.web.enterprises import views
from gongjian.web.rights import OFFICE, READERS

KEEPING = frozenset(KEEPERS)

urlpatterns = [
    path("enterprises/", views.register, name="enterprise-register"),
    path("enterprises/find/", views.find, name="enterprise-find"),
    path("enterprises/new/", views.new, name="enterprise-new"),
    path("enterprises/<int:pk>/", views.enterprise, name="enterprise"),
    path("enterprises/<int:pk>/edit/", views.edit, name="enterprise-edit"),
    path("enterprises/<int:pk>/add/<slug:part>/", views.add, name="enterprise-add"),
    path("enterprises/<int:pk>/merge/", views.merge, name="enterprise-merge"),
    path("pairings/<int:pk>/end/", views.end_pairing, name="pairing-end"),
]

RIGHTS = {
    "enterprise-register": READERS,
    "enterprise-find": READERS,
    "enterprise-new": KEEPING,
    "enterprise": READERS,
    "enterprise-edit": KEEPING,
    "enterprise-add": KEEPING,
    "enterprise-merge": OFFICE,
    "pairing-end": KEEPING,
}
