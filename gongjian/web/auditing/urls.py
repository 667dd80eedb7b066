"""Routes of the auditor's page and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.auditing import views

urlpatterns = [path("auditor/", views.auditor, name="auditor")]

RIGHTS = {"auditor": frozenset({Role.AUDITOR})}
