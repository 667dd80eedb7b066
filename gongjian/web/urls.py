"""All routes, section by section."""

from django.urls import include, path
from django.views.i18n import set_language

from gongjian.web.rights import SECTIONS

urlpatterns = [
    path("language/", set_language, name="set_language"),
    *(path("", include(f"gongjian.web.{section}.urls")) for section in SECTIONS),
]
handler400 = "gongjian.web.error_pages.views.bad_request"
handler403 = "gongjian.web.error_pages.views.forbidden"
handler404 = "gongjian.web.error_pages.views.not_found"
handler500 = "gongjian.web.error_pages.views.broken"
