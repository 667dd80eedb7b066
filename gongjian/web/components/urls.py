"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.components import views
from gongjian.web.rights import SIGNED_IN

urlpatterns = [
    path("components/", views.components, name="components"),
    path("components/units/", views.component_units, name="component-units"),
]
RIGHTS: dict[str, frozenset[Role]] = {"components": SIGNED_IN, "component-units": SIGNED_IN}
