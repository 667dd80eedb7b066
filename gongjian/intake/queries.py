"""Reports an account may see, and their drafts."""

from django.db.models import Count, Q, QuerySet

from gongjian.intake.models import Article, Draft, DraftState
from gongjian.people.models import Account
from gongjian.people.queries import within


def visible_to(account: Account) -> QuerySet[Article]:
    """The reports of the areas the account reads, newest first, with how many drafts still wait."""
    waiting = Count("drafts", filter=Q(drafts__state=DraftState.PENDING))
    return Article.objects.filter(within(account.reads_area)).annotate(
        waiting=waiting, all_drafts=Count("drafts")
    )


def drafts_of(article: Article) -> QuerySet[Draft]:
    """The drafts of one report in reading order."""
    return article.drafts.select_related("article__area", "decided_by").order_by("order")


def waiting_articles(account: Account) -> QuerySet[Article]:
    """The reports with drafts the account may confirm, the one that waits longest first."""
    rows = visible_to(account).filter(within(account.writes_area))
    return rows.filter(drafts__state=DraftState.PENDING).distinct().order_by("pk")
