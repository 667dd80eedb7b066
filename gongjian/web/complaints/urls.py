"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.people.states import Role
from gongjian.web.complaints import views
from gongjian.web.rights import SIGNED_IN

ANSWERING = frozenset({Role.CLERK, Role.AUDITOR})

urlpatterns = [
    path("complaints/", views.complaints, name="complaints"),
    path("complaints/new/", views.complaint_new, name="complaint-new"),
    path("complaints/receipt/", views.receipt, name="complaint-receipt"),
    path("complaints/export/", views.export, name="complaint-export"),
    path("complaints/receipt/reopen/", views.reopen_by_code, name="complaint-again"),
    path("complaints/<int:pk>/reopen/", views.reopen, name="complaint-reopen"),
    path("complaints/<int:pk>/", views.complaint, name="complaint"),
]

RIGHTS = {
    "complaints": SIGNED_IN,
    "complaint-new": SIGNED_IN,
    "complaint-receipt": SIGNED_IN,
    "complaint-export": ANSWERING,
    "complaint-again": SIGNED_IN,
    "complaint-reopen": SIGNED_IN,
    "complaint": SIGNED_IN,
}
