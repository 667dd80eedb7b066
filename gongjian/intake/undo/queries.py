"""What hangs on a confirmed meeting or visit, and what of a visit can still be undone today."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from gongjian.intake.models import Draft, DraftKind, DraftState
from gongjian.intake.queries import visible_to
from gongjian.intake.undo.rules import can_undo_on
from gongjian.people.models import Account
from gongjian.visits.models import Visit

PASSAGES = (DraftKind.STATEMENT, DraftKind.HONOUR, DraftKind.PROBLEM, DraftKind.COMMITMENT)


def hanging_on(draft: Draft) -> list[Draft]:
    """The confirmed passages of the same report that belong to this meeting or visit, the last confirmed first."""
    if draft.kind not in (DraftKind.MEETING, DraftKind.VISIT):
        return []
    rows = draft.article.drafts.filter(state=DraftState.CONFIRMED, kind__in=PASSAGES).order_by(
        "-decided_at", "-order"
    )
    return [row for row in rows if row.fields.get("about", {}).get("value") == str(draft.order)]


def undoable(decided_at: datetime | None, today: date) -> bool:
    """Whether a confirmation of this moment can be undone today."""
    return decided_at is not None and can_undo_on(timezone.localdate(decided_at), today)


@dataclass(frozen=True)
class Origin:
    """The confirmed draft an entry of the visit book was written from; `pk` is that of the draft."""

    pk: int
    title: str
    decided_by: str
    decided_at: datetime


def with_origin(rows: QuerySet[Visit], account: Account) -> QuerySet[Visit]:
    """The visits with the draft each was written from, if the account may see its report; `origin_of` reads it."""
    drafts = Draft.objects.filter(
        result_kind=Visit._meta.label_lower,
        result_id=OuterRef("pk"),
        state=DraftState.CONFIRMED,
        article__in=visible_to(account),
    )
    fields = {"pk": "pk", "title": "article__title", "by": "decided_by__name", "at": "decided_at"}
    return rows.annotate(
        **{f"origin_{key}": Subquery(drafts.values(path)[:1]) for key, path in fields.items()}
    )


def origin_of(visit: Visit) -> Origin | None:
    """The draft a visit was written from; None when it was entered by hand or `with_origin` was not asked."""
    facts: list[Any] = [getattr(visit, f"origin_{key}", None) for key in ("pk", "title", "by", "at")]
    return Origin(*facts) if facts[0] is not None else None
