"""Choices of the room of superiors' templates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LedgerKind(TextChoices):
    """Which ledger fills a template (用哪本台账填)."""

    PROBLEMS = "PROBLEMS", _("问题台账")
    VISITS = "VISITS", _("走访台账")
    FIRMS = "FIRMS", _("企业名册")
    PAYOUTS = "PAYOUTS", _("兑现台账")
