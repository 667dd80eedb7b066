"""The route of the rows behind a number, and who may use it."""

from django.urls import path

from gongjian.web.measures import views
from gongjian.web.rights import READERS

urlpatterns = [path("measures/<slug:key>/", views.measure, name="measure")]

RIGHTS = {"measure": READERS}
