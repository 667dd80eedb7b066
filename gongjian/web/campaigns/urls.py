"""Routes of the campaign and who may take them."""

from django.urls import path

from gongjian.web.campaigns import answers, coverage, keeping, overview, passing_on, rally, target, views
from gongjian.web.rights import HANDLING, OFFICE, READERS, RUNNING

urlpatterns = [
    path("targets/", views.board, name="campaigns"),
    path("targets/export/", views.board_export, name="targets-export"),
    path("targets/map/", overview.area_map, name="target-map"),
    path("targets/map.svg", overview.map_picture, name="target-map-picture"),
    path("targets/wall/", overview.wall, name="target-wall"),
    path("targets/wall.svg", overview.wall_picture, name="target-wall-picture"),
    path("targets/new/", keeping.target_new, name="target-new"),
    path("targets/table/", coverage.table, name="target-table"),
    path("targets/coverage/", coverage.coverage, name="target-coverage"),
    path("targets/answers/<int:pk>/", answers.answers, name="target-answers"),
    path("targets/letters/<int:pk>.docx", coverage.letter, name="responsibility-letter"),
    path("targets/rallies/<int:pk>/", rally.rally, name="rally"),
    path("targets/rallies/<int:pk>/pledges/", rally.pledge, name="rally-pledge"),
    path("targets/rallies/<int:pk>/minutes.docx", rally.minutes, name="rally-minutes"),
    path("targets/campaigns/new/", keeping.campaign_new, name="campaign-new"),
    path("targets/battles/new/", keeping.battle_new, name="battle-new"),
    path("targets/battles/<int:pk>/", keeping.battle_edit, name="battle-edit"),
    path("targets/<int:pk>/", target.target, name="target"),
    path("targets/<int:pk>/pass-on/", passing_on.pass_on, name="target-pass-on"),
    path("targets/<int:pk>/task/", keeping.task_new, name="target-task"),
    path("targets/<int:pk>/gap/", target.gap, name="target-gap"),
    path("targets/<int:pk>/<slug:verb>/", target.step, name="target-step"),
]

RIGHTS = {
    "campaigns": READERS,
    "targets-export": READERS,
    "target-map": READERS,
    "target-map-picture": READERS,
    "target-wall": READERS,
    "target-wall-picture": READERS,
    "target-new": OFFICE,
    "battle-edit": OFFICE | RUNNING,
    "target": READERS,
    "target-table": OFFICE,
    "target-coverage": READERS,
    "target-answers": READERS,
    "rally": READERS,
    "rally-pledge": OFFICE,
    "rally-minutes": READERS,
    "responsibility-letter": READERS,
    "campaign-new": OFFICE | RUNNING,
    "battle-new": OFFICE | RUNNING,
    "target-task": OFFICE,
    "target-pass-on": OFFICE,
    "target-gap": OFFICE,
    "target-step": HANDLING,
}
