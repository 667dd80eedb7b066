"""Routes of the desks and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.assignments import views
from gongjian.web.rights import READERS

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("leader/", views.leader, name="leader"),
    path("assignments/<int:pk>/", views.assignment, name="assignment"),
    path("assignments/<int:pk>/<slug:verb>/", views.move, name="assignment-move"),
]

RIGHTS = {
    "desk": frozenset({Role.HANDLER, Role.CLERK}),
    "leader": frozenset({Role.LEADER, Role.CLERK}),
    "assignment": READERS,
    "assignment-move": frozenset({Role.CLERK, Role.HANDLER, Role.LEADER}),
}
