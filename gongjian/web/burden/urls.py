"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.burden import views
from gongjian.web.rights import READERS

urlpatterns = [
    path("burden/", views.burden, name="burden"),
    path("burden/askings/", views.askings, name="askings"),
    path("burden/export/", views.export, name="burden-export"),
    path("enterprises/<int:pk>/ask/", views.ask, name="firm-ask"),
]

RIGHTS = {
    "burden": READERS,
    "askings": READERS,
    "burden-export": READERS,
    "firm-ask": frozenset({Role.CLERK, Role.OFFICER}),
}
