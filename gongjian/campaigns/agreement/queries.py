"""Which targets wait for an account's answer."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from gongjian.campaigns.models import Campaign, Target, TargetMove
from gongjian.campaigns.queries import targets_in_force
from gongjian.campaigns.states import TargetState
from gongjian.people.models import Account
from gongjian.people.states import Role


def waiting_for(account: Account, campaign: Campaign) -> QuerySet[Target]:
    """The targets of a campaign whose next step is the account's: to answer an offer or a counter-offer, or to sign what is agreed.

    Each with the amount named last (`offered`) and the reason for it (`because`).
    """
    asked = Q(state=TargetState.PROPOSED) | Q(state=TargetState.AGREED, parent__isnull=False)
    mine = Q(pk__in=[])
    if account.role == Role.HANDLER and account.unit_id is not None:
        mine = asked & Q(unit=account.unit_id)
    elif account.role == Role.CLERK and account.writes_area_id is not None:
        own = account.writes_area_id
        mine = (asked & Q(area=own, unit=None, parent__isnull=False)) | Q(
            state__in=[TargetState.COUNTERED, TargetState.AGREED], parent__area=own
        )
    last = TargetMove.objects.filter(target=OuterRef("pk"), amount__isnull=False).order_by("-pk")
    rows = targets_in_force().filter(mine, battle__campaign=campaign)
    rows = rows.annotate(
        offered=Subquery(last.values("amount")[:1]), because=Subquery(last.values("reason")[:1])
    )
    return rows.order_by("battle__order", "battle", "indicator__order", "indicator", "area__path", "pk")
