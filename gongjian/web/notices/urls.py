"""Routes of the inbox and the channels, and who may take them."""

from django.urls import path

from gongjian.web.notices import views
from gongjian.web.notices.channels import views as channels
from gongjian.web.rights import OFFICE, RUNNING, SIGNED_IN

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_many, name="inbox-read"),
    path("inbox/list/", views.sheet, name="inbox-list"),
    path("inbox/<int:pk>/open/", views.open_, name="notice-open"),
    path("channels/", channels.channels, name="channels"),
    path("channels/new/", channels.channel_new, name="channel-new"),
    path("channels/hours/", channels.hours, name="quiet-hours"),
    path("channels/<int:pk>/", channels.channel_edit, name="channel-edit"),
    path("channels/<int:pk>/switch/", channels.channel_switch, name="channel-switch"),
    path("sendings/", channels.sendings, name="sendings"),
    path("sendings/<int:pk>/again/", channels.sending_again, name="sending-again"),
]

RIGHTS = {
    "inbox": SIGNED_IN,
    "inbox-read": SIGNED_IN,
    "inbox-list": OFFICE,
    "notice-open": SIGNED_IN,
    "channels": RUNNING,
    "channel-new": RUNNING,
    "quiet-hours": RUNNING,
    "channel-edit": RUNNING,
    "channel-switch": RUNNING,
    "sendings": RUNNING,
    "sending-again": RUNNING,
}
