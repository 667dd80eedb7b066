"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.web.administration import urls as administration
from gongjian.web.people import urls as people
from gongjian.web.people.type_ahead import views as type_ahead
from gongjian.web.rights import READERS

urlpatterns = [
    path("units/find/", type_ahead.unit_find, name="unit-find"),
    path("persons/find/", type_ahead.person_find, name="person-find"),
    *people.urlpatterns,
    *administration.urlpatterns,
]

RIGHTS = {"unit-find": READERS, "person-find": READERS} | people.RIGHTS | administration.RIGHTS
