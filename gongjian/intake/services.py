"""Taking in a press report (来稿), and every verb of its drafts in one list. Only confirmed ones reach the ledger."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.engines.reports.draft import ReportDraft
from gongjian.engines.reports.extractor import extract
from gongjian.intake import perms
from gongjian.intake.bulk.services import TOGETHER, confirm_sure
from gongjian.intake.confirmation.services import (
    confirm_as_typed,
    confirm_commitment,
    confirm_commitment_as_typed,
    confirm_draft,
)
from gongjian.intake.draft_proposals import DraftProposal, draft_proposals
from gongjian.intake.drafts.services import drop_draft, restore_draft, update_draft
from gongjian.intake.events import IntakeEvent
from gongjian.intake.models import Article, Draft
from gongjian.intake.registers.queries import registers_for
from gongjian.intake.registers.services import (
    pick_records,
    register_name,
    register_name_as_typed,
    register_post,
)
from gongjian.intake.report_file import check_report_text
from gongjian.intake.rules import SURE
from gongjian.intake.undo.services import undo_confirmation
from gongjian.people.models import Account, Area

__all__ = [
    "SURE",
    "TOGETHER",
    "confirm_as_typed",
    "confirm_commitment",
    "confirm_commitment_as_typed",
    "confirm_draft",
    "confirm_sure",
    "drop_draft",
    "pick_records",
    "register_name",
    "register_name_as_typed",
    "register_post",
    "restore_draft",
    "take_in",
    "undo_confirmation",
    "update_draft",
]

MOST_DRAFTS = 500


def take_in(
    *,
    text: str,
    title: str = "",
    source: str = "",
    published_on: date | None = None,
    file_name: str = "",
    area: Area,
    by: Account,
    at: datetime,
) -> Article:
    """Store a report and the drafts read out of it (来稿); raises Refused for a text already taken in."""
    perms.check_take_in(by, area)
    text = required_text(text, _("没有正文。请粘贴报道全文，或上传文件。"), field="text")
    check_report_text(text)
    _new_text(text, area)
    registers = registers_for(by)
    extracted = extract(text, registers=registers, hint=published_on)
    printed = extracted.byline.source.value if extracted.byline.source else ""
    published_on = published_on or _printed_day(extracted)
    proposals = draft_proposals(
        extracted, text, published=published_on, today=timezone.localdate(at), registers=registers
    )
    with transaction.atomic():
        article = Article.objects.create(
            title=(title.strip() or text.splitlines()[0])[:200],
            source=(source.strip() or printed)[:100],
            published_on=published_on,
            file_name=file_name[:200],
            text=text,
            digest=_new_text(text, area),  # once more: somebody else may have taken it in meanwhile
            area=area,
            taken_in_by=by,
            taken_in_at=at,
        )
        drafts = [_draft(article, n, proposal) for n, proposal in enumerate(proposals[:MOST_DRAFTS])]
        Draft.objects.bulk_create(drafts)
        record(IntakeEvent.TAKEN_IN, subject=article, by=by, at=at, title=article.title, drafts=len(drafts))
    return article


def _printed_day(extracted: ReportDraft) -> date | None:
    """The day of publication the report itself prints, complete."""
    printed = extracted.byline.published
    try:
        return date.fromisoformat(printed.value) if printed else None
    except ValueError:
        return None


def _new_text(text: str, area: Area) -> str:
    """The digest of the text; raises Refused when it was already taken in."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    before = Article.objects.filter(digest=digest, area=area).first()
    if before is not None:
        details = {"day": timezone.localdate(before.taken_in_at).isoformat(), "title": before.title}
        raise Refused(
            _("这篇稿子已在%(day)s录入过，标题是《%(title)s》。请到来稿列表打开它。") % details, field="text"
        )
    return digest


def _draft(article: Article, order: int, proposal: DraftProposal) -> Draft:
    about = {} if proposal.about is None else {"about": {"value": str(proposal.about)}}
    return Draft(article=article, kind=proposal.kind, order=order, fields=proposal.fields | about)
