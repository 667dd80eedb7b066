"""Routes of this section and who may take them."""

from django.urls import path

from gongjian.web.open311 import views
from gongjian.web.open311.tokens import views as tokens
from gongjian.web.rights import PUBLIC, RUNNING, SYSTEMS

urlpatterns = [
    path("open311/v2/openapi.json", views.document, name="api-document"),
    path("open311/v2/services.json", views.operation, name="api-services"),
    path("open311/v2/requests.json", views.operation, name="api-requests"),
    path("open311/v2/requests/<int:pk>.json", views.operation, name="api-request"),
    path("open311/v2/changes.json", views.operation, name="api-changes"),
    path("systems/", tokens.systems, name="systems"),
    path("systems/new/", tokens.system_new, name="system-new"),
    path("systems/<int:pk>/", tokens.system, name="system"),
    path("systems/<int:pk>/renew/", tokens.system_renew, name="system-renew"),
    path("systems/<int:pk>/revoke/", tokens.system_revoke, name="system-revoke"),
]

RIGHTS = {
    "api-document": PUBLIC,
    "api-services": SYSTEMS,
    "api-requests": SYSTEMS,
    "api-request": SYSTEMS,
    "api-changes": SYSTEMS,
    "systems": RUNNING,
    "system-new": RUNNING,
    "system": RUNNING,
    "system-renew": RUNNING,
    "system-revoke": RUNNING,
}
