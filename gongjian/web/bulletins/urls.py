"""Routes of bulletins and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.bulletins import views
from gongjian.web.bulletins.editing import views as editing
from gongjian.web.rights import OFFICE, READERS

SIGNERS = frozenset({Role.CLERK, Role.LEADER})

urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/<int:pk>/", views.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/file.docx", views.word_file, name="bulletin-file"),
    path("bulletins/<int:pk>/edit/", editing.edit_text, name="bulletin-edit"),
    path("bulletins/<int:pk>/sign/", editing.sign, name="bulletin-sign"),
    path("bulletins/<int:pk>/versions/<int:number>/restore/", editing.restore, name="bulletin-restore"),
    path("bulletins/<int:pk>/issue/", views.issue, name="bulletin-issue"),
    path("bulletins/<int:pk>/numbers/<slug:anchor>/", views.number, name="number"),
]

RIGHTS = {
    "bulletins": READERS,
    "bulletin": READERS,
    "bulletin-file": READERS,
    "bulletin-edit": OFFICE,
    "bulletin-sign": SIGNERS,
    "bulletin-restore": OFFICE,
    "bulletin-issue": OFFICE,
    "number": READERS,
}
