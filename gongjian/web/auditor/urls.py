"""Routes of the auditor's page and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.auditor import views as auditor

urlpatterns = [path("auditor/", auditor.auditor, name="auditor")]

RIGHTS = {"auditor": frozenset({Role.AUDITOR})}
