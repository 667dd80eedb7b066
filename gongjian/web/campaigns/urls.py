"""Routes of the campaign and who may take them."""

from django.urls import path

from gongjian.web.campaigns import views
from gongjian.web.rights import READERS

urlpatterns = [
    path("targets/", views.board, name="campaigns"),
]

RIGHTS = {
    "campaigns": READERS,
}
