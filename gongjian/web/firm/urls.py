"""Routes of the firm's own pages."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.firm import raising, views
from gongjian.web.rights import PUBLIC

urlpatterns = [
    path("firm/", views.firm, name="firm"),
    path("firm/raise/", raising.raise_problem, name="firm-raise"),
    path("firm/problems/<int:pk>/", views.firm_problem, name="firm-problem"),
    path("kiosk/", views.kiosk, name="kiosk"),
    path("word/", views.word, name="word"),
]

RIGHTS = {
    "firm": frozenset({Role.ENTERPRISE}),
    "firm-raise": frozenset({Role.ENTERPRISE}),
    "firm-problem": frozenset({Role.ENTERPRISE}),
    "word": PUBLIC,
    "kiosk": PUBLIC,
}
