"""Routes of triage and who may take them."""

from django.urls import path

from gongjian.web.rights import OFFICE
from gongjian.web.triage import views

urlpatterns = [path("triage/", views.triage, name="triage")]

RIGHTS = {"triage": OFFICE}
