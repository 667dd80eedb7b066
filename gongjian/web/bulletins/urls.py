"""Routes of bulletins and who may take them."""

from django.urls import path

from gongjian.web.bulletins import views
from gongjian.web.rights import OFFICE, READERS

urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/<int:pk>/", views.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/file.docx", views.word_file, name="bulletin-file"),
    path("bulletins/<int:pk>/issue/", views.issue, name="bulletin-issue"),
    path("bulletins/<int:pk>/numbers/<slug:anchor>/", views.number, name="number"),
]

RIGHTS = {
    "bulletins": READERS,
    "bulletin": READERS,
    "bulletin-file": READERS,
    "bulletin-issue": OFFICE,
    "number": READERS,
}
