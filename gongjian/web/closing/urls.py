"""Routes of closing quality and call-backs, and who may take them."""

from django.urls import path

from gongjian.web.closing import views
from gongjian.web.rights import FIELD, OFFICE, READERS

urlpatterns = [
    path("closing/", views.quality, name="closing-quality"),
    path("call-backs/", views.draws, name="call-backs"),
    path("call-backs/draw/", views.draw, name="call-back-draw"),
    path("call-backs/<int:pk>/", views.drawn, name="call-backs-drawn"),
    path("call-backs/<int:pk>/<int:position>/", views.record, name="call-back-record"),
]

RIGHTS = {
    "closing-quality": READERS,
    "call-backs": READERS,
    "call-back-draw": OFFICE,
    "call-backs-drawn": READERS,
    "call-back-record": FIELD,
}
