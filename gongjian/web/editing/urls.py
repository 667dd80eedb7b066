"""The route by which an edit page asks who else is at its record."""

from django.urls import path

from gongjian.web.editing import presence
from gongjian.web.rights import SIGNED_IN

urlpatterns = [path("present/<str:mark>/", presence.present, name="present")]

RIGHTS = {"present": SIGNED_IN}
