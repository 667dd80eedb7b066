"""Confirms the meetings, visits and people of a report that are sure and carry no doubt; the others stay."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongjian.audit import Refused
from gongjian.intake.confirmation.services import confirm_draft
from gongjian.intake.doubts.queries import Doubts
from gongjian.intake.models import Article, Draft, DraftKind, DraftState
from gongjian.intake.registers.queries import draft_value
from gongjian.people.models import Account

TOGETHER = (DraftKind.PERSON, DraftKind.MEETING, DraftKind.VISIT)


@dataclass(frozen=True)
class Left:
    """A draft that bulk left alone, and every reason."""

    draft: Draft
    reasons: list[str]

    @property
    def name(self) -> str:
        """What the draft is called: the title, the leader or the person, else its kind."""
        named = (draft_value(self.draft, field) for field in ("title", "lead", "name"))
        return next((value for value in named if value), str(self.draft.get_kind_display()))


@transaction.atomic
def confirm_sure(article: Article, *, by: Account, at: datetime) -> tuple[int, list[Left]]:
    """Confirm what is sure and carries no doubt; returns how many were written, and what stayed with its reasons.

    Doubts are asked anew after each one: two drafts may tell of one visit.
    """
    done, left = 0, []
    for draft in article.drafts.filter(state=DraftState.PENDING, kind__in=TOGETHER).order_by("order"):
        reasons = Doubts([draft], by, today=timezone.localdate(at)).of(draft)
        if not reasons:
            try:
                with transaction.atomic():
                    confirm_draft(draft, by=by, at=at)
                done += 1
            except Refused as why:
                reasons = [why.sentence]
        if reasons:
            left.append(Left(draft, reasons))
    return done, left
