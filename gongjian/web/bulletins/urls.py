"""Routes of bulletins and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.bulletins import views
from gongjian.web.bulletins.editing import views as editing
from gongjian.web.bulletins.office_templates import views as office_templates
from gongjian.web.rights import OFFICE, READERS

SIGNERS = frozenset({Role.CLERK, Role.LEADER})

urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/templates/", office_templates.templates, name="paper-templates"),
    path("bulletins/templates/<int:pk>.docx", office_templates.file, name="paper-template-file"),
    path("bulletins/templates/<int:pk>/withdraw/", office_templates.withdraw, name="paper-template-withdraw"),
    path("bulletins/templates/sample/<str:kind>.docx", office_templates.sample, name="paper-template-sample"),
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
    "paper-templates": OFFICE,
    "paper-template-file": OFFICE,
    "paper-template-withdraw": OFFICE,
    "paper-template-sample": OFFICE,
    "bulletin": READERS,
    "bulletin-file": READERS,
    "bulletin-edit": OFFICE,
    "bulletin-sign": SIGNERS,
    "bulletin-restore": OFFICE,
    "bulletin-issue": OFFICE,
    "number": READERS,
}
