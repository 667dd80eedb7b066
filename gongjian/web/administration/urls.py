"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.web.administration import finding, rule_urls
from gongjian.web.rights import READERS

urlpatterns = [
    path("units/find/", finding.unit_find, name="unit-find"),
    path("persons/find/", finding.person_find, name="person-find"),
    *rule_urls.urlpatterns,
]

RIGHTS = {"unit-find": READERS, "person-find": READERS} | rule_urls.RIGHTS
