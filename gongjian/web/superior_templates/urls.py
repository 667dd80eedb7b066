"""Routes of superiors' templates and who may take them."""

from django.urls import path

from gongjian.web.rights import OFFICE, READERS
from gongjian.web.superior_templates import views

urlpatterns = [
    path("templates/<slug:ledger>/", views.templates, name="superior-templates"),
    path("templates/<slug:ledger>/keep/", views.keep, name="superior-keep"),
    path("templates/<int:pk>/headings/", views.headings, name="superior-headings"),
    path("templates/<int:pk>/filled.xlsx", views.filled, name="superior-filled"),
    path("templates/<int:pk>/forget/", views.forget, name="superior-forget"),
]

RIGHTS = {
    "superior-templates": READERS,
    "superior-keep": OFFICE,
    "superior-headings": OFFICE,
    "superior-filled": READERS,
    "superior-forget": OFFICE,
}
