"""Routes of the project ledger and who may take them."""

from django.urls import path

from gongjian.web.projects import views
from gongjian.web.rights import OFFICE, READERS

urlpatterns = [
    path("projects/", views.ledger, name="projects"),
    path("projects/export/", views.export, name="project-export"),
    path("projects/find/", views.find, name="project-find"),
    path("projects/new/", views.new, name="project-new"),
    path("projects/<int:pk>/", views.project, name="project"),
    path("projects/<int:pk>/investment/", views.invest, name="project-invest"),
    path("projects/<int:pk>/edit/", views.edit, name="project-edit"),
]

RIGHTS = {
    "projects": READERS,
    "project-export": READERS,
    "project-find": READERS,
    "project-new": OFFICE,
    "project": READERS,
    "project-invest": OFFICE,
    "project-edit": OFFICE,
}
