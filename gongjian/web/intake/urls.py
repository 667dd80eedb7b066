"""Routes of the tray of reports and who may take them."""

from django.urls import path

from gongjian.web.intake import views
from gongjian.web.rights import OFFICE

urlpatterns = [
    path("intake/", views.intake, name="intake"),
    path("intake/sureness/", views.sureness, name="intake-sureness"),
    path("intake/<int:pk>/", views.article, name="article"),
    path("intake/<int:pk>/confirm-sure/", views.confirm_sure, name="drafts-confirm"),
    path("drafts/<int:pk>/", views.decide, name="draft-decide"),
]

RIGHTS = {
    "intake": OFFICE,
    "intake-sureness": OFFICE,
    "article": OFFICE,
    "drafts-confirm": OFFICE,
    "draft-decide": OFFICE,
}
