"""Routes of this section and who may take them."""

from django.urls import include, path

from gongjian.web.open311 import keys, views
from gongjian.web.open311.api import api
from gongjian.web.rights import PUBLIC, RUNNING, SYSTEMS

OPERATIONS = [one for one in api.urls[0] if getattr(one, "name", "") != "api-root"]

urlpatterns = [
    path("open311/v2/openapi.json", views.document, name="api-document"),
    path("open311/v2/", include(OPERATIONS)),
    path("systems/", keys.systems, name="systems"),
    path("systems/new/", keys.system_new, name="system-new"),
    path("systems/<int:pk>/", keys.system, name="system"),
    path("systems/<int:pk>/renew/", keys.system_renew, name="system-renew"),
    path("systems/<int:pk>/revoke/", keys.system_revoke, name="system-revoke"),
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
