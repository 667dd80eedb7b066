"""Routes of standings and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.rights import OFFICE, READERS
from gongjian.web.standings import commendations, publications, schemes, views

urlpatterns = [
    path("standings/", views.standings, name="standings"),
    path("standings/export/", views.export, name="standings-export"),
    path("standings/<int:pk>/<int:area>/", views.standing, name="standing"),
    path("standings/<int:pk>/publish/", publications.publish, name="standings-publish"),
    path("standings/published/<int:pk>/", publications.published, name="published"),
    path("standings/excuses/", publications.excuses, name="excuses"),
    path("commendations/", commendations.commendations, name="commendations"),
    path("commendations/new/", commendations.new, name="commendation-new"),
    path("commendations/<int:pk>/", commendations.commendation, name="commendation"),
    path("commendations/<int:pk>/<slug:verb>/", commendations.move, name="commendation-move"),
    path("commendations/lines/<int:pk>/remove/", commendations.remove, name="commended-remove"),
    path("commendations/lines/<int:pk>/object/", commendations.object_to, name="commended-object"),
    path("commendations/lines/<int:pk>/certificate.docx", commendations.certificate_word, name="certificate"),
    path("commendations/objections/<int:pk>/answer/", commendations.answer, name="objection-answer"),
    path("standings/schemes/", schemes.schemes, name="schemes"),
    path("standings/schemes/new/", schemes.new, name="scheme-new"),
    path("standings/schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("standings/schemes/<int:pk>/next/", schemes.next_version, name="scheme-next"),
    path("standings/versions/<int:pk>/edit/", schemes.change, name="scheme-edit"),
    path("standings/versions/<int:pk>/simulation/", schemes.simulation, name="scheme-simulation"),
    path("standings/versions/<int:pk>/<slug:verb>/", schemes.move, name="scheme-move"),
]

SIGNERS = frozenset({Role.CLERK, Role.LEADER})
RIGHTS = {
    "standings": READERS,
    "standings-export": READERS,
    "standing": READERS,
    "standings-publish": OFFICE,
    "published": READERS,
    "excuses": OFFICE,
    "commendations": READERS,
    "commendation-new": OFFICE,
    "commendation": READERS,
    "commendation-move": SIGNERS,
    "commended-remove": OFFICE,
    "commended-object": READERS,
    "certificate": READERS,
    "objection-answer": OFFICE,
    "schemes": READERS,
    "scheme-new": OFFICE,
    "scheme": READERS,
    "scheme-next": OFFICE,
    "scheme-edit": OFFICE,
    "scheme-simulation": SIGNERS,
    "scheme-move": SIGNERS,
}
