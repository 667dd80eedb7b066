"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.health import views
from gongjian.web.rights import PUBLIC

urlpatterns = [path("healthz", views.healthz, name="healthz")]
RIGHTS: dict[str, frozenset[Role]] = {"healthz": PUBLIC}
