"""The changes of boundaries that were made."""

from django.db.models import QuerySet

from gongjian.campaigns.models import BoundaryChange
from gongjian.people.models import Account
from gongjian.people.queries import sight


def changes_visible_to(account: Account) -> QuerySet[BoundaryChange]:
    """The changes of boundaries in the areas an account reads, newest first."""
    rows = BoundaryChange.objects.filter(sight(account))
    return rows.select_related("area", "made_by", "figures").prefetch_related("others")
