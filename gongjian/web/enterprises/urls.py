"""Routes of this section and who may take them."""

from django.urls import URLPattern

from gongjian.people.states import Role

urlpatterns: list[URLPattern] = []
RIGHTS: dict[str, frozenset[Role]] = {}
