"""Routes of the desks and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.assignments import instructing, supervised, supporting, views
from gongjian.web.rights import READERS

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("leader/", views.leader, name="leader"),
    path("supervised/", supervised.supervised, name="supervised"),
    path("supervised/<int:pk>/", supervised.escalation, name="escalation"),
    path("assignments/<int:pk>/", views.assignment, name="assignment"),
    path("assignments/<int:pk>/instruct/", instructing.instruct, name="instruct"),
    path("assignments/<int:pk>/supports/", supporting.support_add, name="support-add"),
    path(
        "assignments/<int:pk>/supports/<int:unit>/<slug:verb>/", supporting.support_move, name="support-move"
    ),
    path("assignments/<int:pk>/<slug:verb>/", views.move, name="assignment-move"),
]

RIGHTS = {
    "desk": frozenset({Role.HANDLER, Role.CLERK}),
    "leader": frozenset({Role.LEADER, Role.CLERK}),
    "supervised": READERS,
    "escalation": READERS,
    "assignment": READERS,
    "instruct": frozenset({Role.LEADER}),
    "support-add": frozenset({Role.CLERK}),
    "support-move": frozenset({Role.CLERK, Role.HANDLER}),
    "assignment-move": frozenset({Role.CLERK, Role.HANDLER, Role.LEADER}),
}
