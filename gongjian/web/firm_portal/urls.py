"""Routes of the firm's own pages."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.firm_portal import views as firm_portal
from gongjian.web.firm_portal.raising import views as raising
from gongjian.web.firm_portal.survey import views as survey
from gongjian.web.rights import PUBLIC

urlpatterns = [
    path("firm/", firm_portal.firm, name="firm"),
    path("firm/raise/", raising.raise_problem, name="firm-raise"),
    path("firm/problems/<int:pk>/", firm_portal.firm_problem, name="firm-problem"),
    path("firm/survey/", survey.answer_survey, name="firm-survey"),
    path("kiosk/", firm_portal.kiosk, name="kiosk"),
    path("word/", firm_portal.word, name="word"),
]

RIGHTS = {
    "firm": frozenset({Role.ENTERPRISE}),
    "firm-raise": frozenset({Role.ENTERPRISE}),
    "firm-problem": frozenset({Role.ENTERPRISE}),
    "firm-survey": frozenset({Role.ENTERPRISE}),
    "word": PUBLIC,
    "kiosk": PUBLIC,
}
