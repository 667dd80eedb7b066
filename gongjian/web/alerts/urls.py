"""Routes of alerts and who may take them."""

from django.urls import path

from gongjian.web.alerts import views
from gongjian.web.rights import OFFICE, READERS

urlpatterns = [
    path("alerts/", views.alerts, name="alerts"),
    path("alerts/rules/", views.rules, name="alert-rules"),
    path("alerts/rules/new/", views.new_rule, name="alert-rule-new"),
    path("alerts/rules/<int:pk>/", views.change_rule, name="rule-edit"),
    path("alerts/<slug:key>/", views.hand_over, name="alert-hand-over"),
]

RIGHTS = {
    "alerts": READERS,
    "alert-rules": READERS,
    "alert-rule-new": OFFICE,
    "rule-edit": OFFICE,
    "alert-hand-over": OFFICE,
}
