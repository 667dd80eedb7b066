"""Routes of 新建 inside pick lists."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.pick_new import views

urlpatterns = [path("pick/new/<slug:kind>/", views.pick_new, name="pick-new")]

RIGHTS = {"pick-new": frozenset({Role.CLERK, Role.OFFICER, Role.ADMINISTRATOR})}
