"""The first page."""

from django.urls import path

from gongjian.web.rights import SIGNED_IN
from gongjian.web.today import views

urlpatterns = [path("", views.today, name="today")]

RIGHTS = {"today": SIGNED_IN}
