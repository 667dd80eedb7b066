"""All routes, section by section."""

from django.urls import include, path

from gongjian.web.rights import SECTIONS

urlpatterns = [path("", include(f"gongjian.web.{section}.urls")) for section in SECTIONS]
handler404 = "gongjian.web.entrance.views.not_found"
handler500 = "gongjian.web.entrance.views.broken"
