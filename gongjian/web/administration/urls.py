"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.web.administration import finding, people_urls, rule_urls
from gongjian.web.rights import READERS

urlpatterns = [
    path("units/find/", finding.unit_find, name="unit-find"),
    path("persons/find/", finding.person_find, name="person-find"),
    *people_urls.urlpatterns,
    *rule_urls.urlpatterns,
]

RIGHTS = {"unit-find": READERS, "person-find": READERS} | people_urls.RIGHTS | rule_urls.RIGHTS
