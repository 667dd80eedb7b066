"""Routes of confidence surveys: the firm's form, the office's list and results."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.confidence import views
from gongjian.web.rights import OFFICE, READERS

urlpatterns = [
    path("firm/survey/", views.answer, name="firm-survey"),
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/new/", views.new, name="survey-new"),
    path("surveys/<int:pk>/", views.survey, name="survey"),
]

RIGHTS = {
    "firm-survey": frozenset({Role.ENTERPRISE}),
    "surveys": READERS,
    "survey-new": OFFICE,
    "survey": READERS,
}
