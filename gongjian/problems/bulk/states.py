"""The verbs of a bulk action (批量操作), as pages and events say them."""

from django.utils.translation import gettext_lazy as _

VERBS = {"hand_over": _("交办"), "categorise": _("改类别"), "remind": _("催办")}
