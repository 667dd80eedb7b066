"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.manual import views
from gongjian.web.rights import PUBLIC

urlpatterns = [
    path("manual/", views.manual, name="manual"),
    path("manual/<slug:name>/", views.manual, name="manual-page"),
]
RIGHTS: dict[str, frozenset[Role]] = {"manual": PUBLIC, "manual-page": PUBLIC}
