"""Routes of the desks, and who may use them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.assignments import views
from gongjian.web.assignments.instructions import views as instructions
from gongjian.web.assignments.leader import views as leader
from gongjian.web.assignments.supervision import views as supervision
from gongjian.web.assignments.supporting_units import views as supporting_units
from gongjian.web.rights import READERS

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("leader/", leader.leader, name="leader"),
    path("leader/all/", leader.leader_lists, name="leader-lists"),
    path("supervised/", supervision.supervised, name="supervised"),
    path("supervised/<int:pk>/", supervision.escalation, name="escalation"),
    path("assignments/<int:pk>/", views.assignment, name="assignment"),
    path("assignments/<int:pk>/act/", views.act, name="assignment-act"),
    path("assignments/<int:pk>/instruct/", instructions.instruct, name="instruct"),
    path("assignments/<int:pk>/supports/", supporting_units.support_add, name="support-add"),
    path(
        "assignments/<int:pk>/supports/<int:unit>/<slug:verb>/",
        supporting_units.support_move,
        name="support-move",
    ),
    path("assignments/<int:pk>/<slug:verb>/", views.move, name="assignment-move"),
]

RIGHTS = {
    "desk": frozenset({Role.HANDLER, Role.CLERK}),
    "leader": frozenset({Role.LEADER, Role.CLERK}),
    "leader-lists": frozenset({Role.LEADER, Role.CLERK}),
    "supervised": READERS,
    "escalation": READERS,
    "assignment": READERS,
    "assignment-act": READERS,
    "instruct": frozenset({Role.LEADER}),
    "support-add": frozenset({Role.CLERK}),
    "support-move": frozenset({Role.CLERK, Role.HANDLER}),
    "assignment-move": frozenset({Role.CLERK, Role.HANDLER, Role.LEADER}),
}
