"""The route of the setup page and who may take it."""

from django.urls import path

from gongjian.web.rights import OFFICE, RUNNING
from gongjian.web.setup import views

urlpatterns = [path("setup/", views.setup, name="setup")]
RIGHTS = {"setup": OFFICE | RUNNING}
