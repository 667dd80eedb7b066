"""Taking in a press report (来稿); correcting, confirming and dropping its drafts. Only confirmed ones reach the ledger."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import Source
from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.engines.reports.extractor import extract
from gongjian.intake import perms
from gongjian.intake.confirmation import services as confirmation
from gongjian.intake.draft_proposals import DraftProposal, draft_proposals
from gongjian.intake.events import IntakeEvent
from gongjian.intake.models import Article, Draft, DraftKind, DraftState
from gongjian.intake.queries import drafts_of
from gongjian.intake.registers.queries import registers_for
from gongjian.people.models import Account, Area, Person, Unit

LONGEST = 200_000  # characters of one report
MOST_DRAFTS = 500
SURE = 80  # confidence from which meetings, visits and people may be confirmed together
TOGETHER = (DraftKind.PERSON, DraftKind.MEETING, DraftKind.VISIT)
Write = Callable[..., models.Model]
WRITERS: dict[str, Write] = {
    DraftKind.MEETING: confirmation.write_visit,
    DraftKind.VISIT: confirmation.write_visit,
    DraftKind.PERSON: confirmation.write_person,
    DraftKind.STATEMENT: confirmation.write_statement,
    DraftKind.HONOUR: confirmation.write_honour,
}


@transaction.atomic
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
    text = required_text(text, _("没有正文。请粘贴报道全文，或上传 .txt、.docx 文件。"), field="text")
    if len(text) > LONGEST:
        raise Refused(_("正文超过 20 万字。请分篇录入。"), field="text")
    digest = _new_text(text, area)
    extracted = extract(text, registers=registers_for(by), hint=published_on)
    printed = extracted.byline.source.value if extracted.byline.source else ""
    article = Article.objects.create(
        title=(title.strip() or text.splitlines()[0])[:200],
        source=(source.strip() or printed)[:100],
        published_on=published_on,
        file_name=file_name[:200],
        text=text,
        digest=digest,
        area=area,
        taken_in_by=by,
        taken_in_at=at,
    )
    drafts = [
        _draft(article, n, proposal)
        for n, proposal in enumerate(draft_proposals(extracted, text)[:MOST_DRAFTS])
    ]
    Draft.objects.bulk_create(drafts)
    record(IntakeEvent.TAKEN_IN, subject=article, by=by, at=at, title=article.title, drafts=len(drafts))
    return article


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


@transaction.atomic
def update_draft(draft: Draft, *, values: dict[str, str], by: Account, at: datetime) -> Draft:
    """Correct values of a draft; what the clerk typed counts as certain and keeps its source sentence."""
    draft = _lock(draft)
    perms.check_decide(by, draft)
    changed = {}
    for name, typed in values.items():
        cell = draft.fields.get(name, {})
        if (old := str(cell.get("value") or "")) != typed.strip():
            changed[name] = [old, typed.strip()]
            draft.fields[name] = cell | {"value": typed.strip(), "confidence": 100, "by": "clerk"}
    if changed:
        draft.save(update_fields=["fields"])
        record(IntakeEvent.EDITED, subject=draft, by=by, at=at, changed="、".join(changed), values=changed)
    return draft


@transaction.atomic
def confirm_draft(draft: Draft, *, by: Account, at: datetime) -> models.Model:
    """Confirm a draft and write it into the ledger: a visit or meeting, a person's posts, a statement or an honour."""
    draft = _lock(draft)
    perms.check_decide(by, draft)
    if draft.kind == DraftKind.COMMITMENT:
        raise Refused(_("承诺事项要填责任单位、责任人和时限，请在本条草稿里填好再确认。"))
    result = WRITERS[draft.kind](draft, by=by, at=at)
    _mark_confirmed(draft, result, by=by, at=at)
    return result


@transaction.atomic
def confirm_commitment(
    draft: Draft,
    *,
    task: str,
    lead_unit: Unit,
    responsible_person: Person,
    due: date,
    by: Account,
    at: datetime,
) -> Assignment:
    """Confirm a commitment read out of a report as an assignment with its own time limit (承诺兑现)."""
    draft = _lock(draft)
    perms.check_decide(by, draft)
    assignment: Assignment = assignments.assign(
        source=Source.PROMISE,
        task=task,
        area=draft.article.area,
        lead_unit=lead_unit,
        responsible_person=responsible_person,
        due=due,
        on_the_spot=False,
        by=by,
        at=at,
    )
    _mark_confirmed(draft, assignment, by=by, at=at)
    return assignment


@transaction.atomic
def confirm_as_typed(draft: Draft, *, values: dict[str, str], by: Account, at: datetime) -> models.Model:
    """Correct the values and write the draft into the ledger, both or neither."""
    return confirm_draft(update_draft(draft, values=values, by=by, at=at), by=by, at=at)


@transaction.atomic
def confirm_commitment_as_typed(
    draft: Draft, *, values: dict[str, str], task: str, by: Account, at: datetime, **facts: Any
) -> Assignment:
    """Correct the values and confirm the commitment, both or neither; `facts` as for `confirm_commitment`."""
    kept = update_draft(draft, values=values, by=by, at=at)
    return confirm_commitment(kept, task=task, **facts, by=by, at=at)


@transaction.atomic
def confirm_sure(article: Article, *, by: Account, at: datetime) -> tuple[int, list[str]]:
    """Confirm the meetings, visits and people every value of which is sure; the others stay.

    Returns how many were written, and the sentences of those that were refused.
    """
    done, refused = 0, []
    for draft in drafts_of(article).filter(state=DraftState.PENDING, kind__in=TOGETHER):
        if (draft.confidence or 0) < SURE:
            continue
        try:
            confirm_draft(draft, by=by, at=at)
            done += 1
        except Refused as why:
            refused.append(why.sentence)
    return done, refused


@transaction.atomic
def drop_draft(draft: Draft, *, by: Account, at: datetime) -> Draft:
    """Drop a draft that does not belong in the ledger (舍弃)."""
    draft = _lock(draft)
    perms.check_decide(by, draft)
    draft.state, draft.decided_by, draft.decided_at = DraftState.DROPPED, by, at
    draft.save()
    record(IntakeEvent.DROPPED, subject=draft, by=by, at=at)
    return draft


@transaction.atomic
def restore_draft(draft: Draft, *, by: Account, at: datetime) -> Draft:
    """Restore a dropped draft (恢复)."""
    draft = _lock(draft)
    perms.check_take_in(by, draft.article.area)
    if draft.state != DraftState.DROPPED:
        raise Refused(_("这条草稿没有被舍弃，不用恢复。"))
    draft.state, draft.decided_by, draft.decided_at = DraftState.PENDING, None, None
    draft.save()
    record(IntakeEvent.RESTORED, subject=draft, by=by, at=at)
    return draft


def _lock(draft: Draft) -> Draft:
    return Draft.objects.select_for_update(of=("self",)).select_related("article__area").get(pk=draft.pk)


def _mark_confirmed(draft: Draft, result: models.Model, *, by: Account, at: datetime) -> None:
    draft.state, draft.decided_by, draft.decided_at = DraftState.CONFIRMED, by, at
    draft.result_kind, draft.result_id = result._meta.label_lower, result.pk
    draft.save()
    record(
        IntakeEvent.CONFIRMED,
        subject=draft,
        by=by,
        at=at,
        what=str(result),
        result_kind=draft.result_kind,
        result_id=result.pk,
    )
