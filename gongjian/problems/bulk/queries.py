"""Which bulk actions can still be undone (还能撤销的批量操作)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet

from gongjian.people.models import Account
from gongjian.problems.bulk.rules import UNDO_WITHIN
from gongjian.problems.bulk.states import VERBS
from gongjian.problems.models import BulkAction

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Undoable:
    """One's own bulk action with the whole minutes in which it can still be undone."""

    bulk: BulkAction
    verb: str
    done: int
    minutes_left: int


def done_since(at: datetime, *, by: Account | OuterRef) -> QuerySet[BulkAction]:
    """An account's own bulk actions since a moment that are not undone, newest first."""
    return BulkAction.objects.filter(by=by, undone_at__isnull=True, at__gte=at)


def undoable(account: Account, *, at: datetime, problem: int | None = None) -> list[Undoable]:
    """The account's own bulk actions that are neither undone nor too old, newest first; of one problem, or of all."""
    return [
        Undoable(
            bulk=row,
            verb=str(VERBS[row.verb]),
            done=sum("refused" not in item for item in row.items),
            minutes_left=(row.at + UNDO_WITHIN - at) // MINUTE,
        )
        for row in done_since(at - UNDO_WITHIN, by=account)
        if problem is None or any(item["problem"] == problem for item in row.items)
    ]
