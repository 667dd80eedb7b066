"""Routes of files, and who may use them."""

from django.urls import path

from gongjian.web.attachments import views
from gongjian.web.rights import SIGNED_IN

urlpatterns = [
    path("attachments/to/<slug:kind>/<int:pk>/", views.add, name="attach"),
    path("attachments/<int:pk>/", views.file, name="attachment"),
    path("attachments/<int:pk>/small/", views.small, name="attachment-small"),
    path("attachments/<int:pk>/remove/", views.remove, name="attachment-remove"),
]

RIGHTS = dict.fromkeys(("attach", "attachment", "attachment-small", "attachment-remove"), SIGNED_IN)
