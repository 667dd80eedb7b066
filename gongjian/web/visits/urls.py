"""Routes of the visit book."""

from django.urls import path

from gongjian.web.rights import FIELD, READERS
from gongjian.web.visits import views
from gongjian.web.visits.visit_book import views as visit_book

urlpatterns = [
    path("visits/", visit_book.book, name="visit-book"),
    path("visits/export/", visit_book.export, name="visit-export"),
    path("visits/new/", views.new, name="visit-new"),
    path("visits/<int:pk>/", views.visit, name="visit"),
    path("visits/<int:pk>/slips.docx", views.slips, name="visit-slips"),
    path("visits/<int:pk>/edit/", views.edit, name="visit-edit"),
    path("visits/<int:pk>/firms/", views.add_stop, name="stop-add"),
    path("visits/<int:pk>/notes/", views.add_note, name="note-add"),
    path("visits/<int:pk>/finish/", views.finish, name="visit-finish"),
    path("visits/<int:pk>/cancel/", views.cancel, name="visit-cancel"),
    path("stops/<int:pk>/", views.record_stop, name="stop-record"),
    path("stops/<int:pk>/problems/", views.record_problem, name="stop-problem"),
]

RIGHTS = {
    "visit-book": READERS,
    "visit-export": READERS,
    "visit-new": FIELD,
    "visit": READERS,
    "visit-slips": READERS,
    "visit-edit": FIELD,
    "stop-add": FIELD,
    "note-add": FIELD,
    "visit-finish": FIELD,
    "visit-cancel": FIELD,
    "stop-record": FIELD,
    "stop-problem": FIELD,
}
