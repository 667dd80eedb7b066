"""Routes of the campaign and who may take them."""

from django.urls import path

from gongjian.web.campaigns import keeping, passing_on, target, views
from gongjian.web.rights import HANDLING, OFFICE, READERS, RUNNING

urlpatterns = [
    path("targets/", views.board, name="campaigns"),
    path("targets/new/", keeping.target_new, name="target-new"),
    path("targets/battles/<int:pk>/", keeping.battle_edit, name="battle-edit"),
    path("targets/<int:pk>/", target.target, name="target"),
    path("targets/<int:pk>/pass-on/", passing_on.pass_on, name="target-pass-on"),
    path("targets/<int:pk>/gap/", target.gap, name="target-gap"),
    path("targets/<int:pk>/<slug:verb>/", target.step, name="target-step"),
]

RIGHTS = {
    "campaigns": READERS,
    "target-new": OFFICE,
    "battle-edit": OFFICE | RUNNING,
    "target": READERS,
    "target-pass-on": OFFICE,
    "target-gap": OFFICE,
    "target-step": HANDLING,
}
