"""Routes of closing quality and call-backs, and who may take them."""

from django.urls import path

from gongjian.web.closing_quality import views as closing_quality
from gongjian.web.rights import FIELD, OFFICE, READERS

urlpatterns = [
    path("closing/", closing_quality.quality, name="closing-quality"),
    path("call-backs/", closing_quality.draws, name="call-backs"),
    path("call-backs/draw/", closing_quality.draw, name="call-back-draw"),
    path("call-backs/<int:pk>/", closing_quality.drawn, name="call-backs-drawn"),
    path("call-backs/<int:pk>/<int:position>/", closing_quality.record, name="call-back-record"),
]

RIGHTS = {
    "closing-quality": READERS,
    "call-backs": READERS,
    "call-back-draw": OFFICE,
    "call-backs-drawn": READERS,
    "call-back-record": FIELD,
}
