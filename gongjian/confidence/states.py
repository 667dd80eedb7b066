"""Choices of a confidence survey."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outlook(TextChoices):
    """How a firm sees its business (判断)."""

    GOOD = "GOOD", _("良好")
    FAIR = "FAIR", _("一般")
    BAD = "BAD", _("不佳")
