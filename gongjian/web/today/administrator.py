"""The first page of an administrator (系统管理): what the running of the instance wants."""

from typing import Any

from django.db.models import QuerySet

from gongjian.assignments.models import Regime
from gongjian.audit.models import Event
from gongjian.measures.measure import Scope
from gongjian.notices.models import Channel, Sending
from gongjian.notices.states import SendingState
from gongjian.people.models import Account
from gongjian.people.queries import within

ROWS, EVENTS = 5, 10


def first_page(account: Account, scope: Scope) -> dict[str, Any]:
    """What did not arrive, who has never signed in, which regimes are not compared, and the latest changes of accounts."""
    return {
        "day": scope.today,
        "sendings": Sending.objects.filter(state=SendingState.FAILED).select_related("channel")[:ROWS],
        "channels": Channel.objects.filter(is_active=True).exists(),
        "strangers": _never_signed_in(account)[:ROWS],
        "regimes": Regime.objects.filter(confirmed=False, in_library=False, disabled_on__isnull=True)[:ROWS],
        "events": Event.objects.filter(subject_kind=Account._meta.label_lower).order_by("-seq")[:EVENTS],
    }


def _never_signed_in(account: Account) -> QuerySet[Account]:
    """Active accounts of the areas the administrator reads that nobody has used yet, the oldest first."""
    rows = Account.objects.filter(is_active=True, last_login__isnull=True).exclude(pk=account.pk)
    return rows.filter(within(account.reads_area, "reads_area")).select_related("unit").order_by("pk")
