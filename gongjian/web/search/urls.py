"""Routes of the search, and who may use it."""

from django.urls import path

from gongjian.web.rights import READERS
from gongjian.web.search import views

urlpatterns = [path("search/", views.search, name="search")]

RIGHTS = {"search": READERS}
