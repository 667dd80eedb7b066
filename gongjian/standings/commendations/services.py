"""The life of a commendation: drafted with evidence, open to objections, each answered, confirmed by another (表彰)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.indicators.models import Figure
from gongjian.people.models import Account, Area, Unit
from gongjian.standings import perms
from gongjian.standings.events import StandingsEvent
from gongjian.standings.models import Commendation, CommendationLine, Objection, Publication
from gongjian.standings.states import COMMENDATION_STEP, CommendationState, Verdict

SHORTEST = 5  # days a list stays open to objections


@transaction.atomic
def draft_commendation(*, title: str, basis: str, area: Area, by: Account, at: datetime) -> Commendation:
    """Start a list of areas and units to be commended."""
    perms.check_keep(by, area)
    title = required_text(title, _("请写表彰名称。"), field="title")
    basis = required_text(basis, _("请写依据，如文件名和文号。"), field="basis")
    row = Commendation.objects.create(title=title, basis=basis, area=area, written_by=by, written_at=at)
    record(StandingsEvent.COMMENDATION_DRAFTED, subject=row, by=by, at=at, title=title)
    return row


def _locked(row: Commendation) -> Commendation:
    return Commendation.objects.select_for_update(of=("self",)).select_related("area").get(pk=row.pk)


@transaction.atomic
def add_commended(
    commendation: Commendation,
    *,
    area: Area | None,
    unit: Unit | None,
    merit: str,
    publication: Publication | None,
    figure: Figure | None,
    by: Account,
    at: datetime,
) -> CommendationLine:
    """Add an area or a unit with its merit and the published place or the figure behind it."""
    row = _locked(commendation)
    perms.check_draft(by, row)
    if (area is None) == (unit is None):
        raise Refused(_("请选一个地区，或选一个单位。"), field="area")
    if publication is None and figure is None:
        raise Refused(_("请选排名依据或数据依据：没有依据的不能上名单。"), field="publication")
    same = row.lines.filter(area=area, unit=unit)
    if same.exists():
        raise Refused(_("%(line)s已经在名单上。") % {"line": area or unit}, field="area")
    merit = required_text(merit, _("请写事迹。"), field="merit")
    line = CommendationLine.objects.create(
        commendation=row, area=area, unit=unit, merit=merit, publication=publication, figure=figure
    )
    record(StandingsEvent.LINE_ADDED, subject=row, by=by, at=at, title=row.title, line=str(line), merit=merit)
    return line


@transaction.atomic
def remove_commended(line: CommendationLine, *, by: Account, at: datetime) -> None:
    """Take a line off a draft."""
    row = _locked(line.commendation)
    perms.check_draft(by, row)
    named = str(line)
    line.delete()
    record(StandingsEvent.LINE_REMOVED, subject=row, by=by, at=at, title=row.title, line=named)


def _stepped(commendation: Commendation, verb: str, by: Account) -> Commendation:
    row = _locked(commendation)
    perms.check_commendation(by, row, verb)
    row.state = COMMENDATION_STEP[verb].to
    return row


@transaction.atomic
def open_to_objections(commendation: Commendation, *, until: date, by: Account, at: datetime) -> Commendation:
    """Show the list to everybody and take objections up to a day (公示)."""
    row = _stepped(commendation, "open", by)
    if not row.lines.exists():
        raise Refused(_("名单是空的。请先加入表彰对象。"))
    first = timezone.localdate(at) + timedelta(days=SHORTEST)
    if until < first:
        raise Refused(
            _("公示至少 %(days)s 天，请选 %(first)s 或以后。")
            % {"days": SHORTEST, "first": f"{first:%Y-%m-%d}"},
            field="until",
        )
    row.objections_until, row.opened_at = until, at
    row.save(update_fields=["state", "objections_until", "opened_at"])
    record(StandingsEvent.OPENED, subject=row, by=by, at=at, title=row.title, until=f"{until:%Y-%m-%d}")
    return row


@transaction.atomic
def object_to(line: CommendationLine, *, text: str, by: Account, at: datetime) -> Objection:
    """Say what speaks against a line while the list is open (异议)."""
    row = _locked(line.commendation)
    perms.check_object(row, today=timezone.localdate(at))
    text = required_text(text, _("请写异议内容。"), field="text")
    made = Objection.objects.create(line=line, text=text, made_by=by, made_at=at)
    record(StandingsEvent.OBJECTED, subject=row, by=by, at=at, title=row.title, line=str(line), text=text)
    return made


@transaction.atomic
def answer_objection(
    objection: Objection, *, verdict: Verdict | str, answer: str, by: Account, at: datetime
) -> Objection:
    """Answer an objection (答复异议): upheld, the line comes off the list and stays readable."""
    made = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("line__commendation__area")
        .get(pk=objection.pk)
    )
    row = made.line.commendation
    perms.check_keep(by, row.area)
    if made.verdict or row.state != CommendationState.OPEN:
        raise Refused(_("这条异议已经答复过，或名单已经确认。请刷新页面。"))
    verdict = Verdict(verdict)
    if verdict == Verdict.WAITING:
        raise Refused(_("请选择异议是否成立。"), field="verdict")
    made.answer = required_text(answer, _("请写答复内容。"), field="answer")
    made.verdict, made.answered_by, made.answered_at = verdict, by, at
    made.save(update_fields=["verdict", "answer", "answered_by", "answered_at"])
    if verdict == Verdict.UPHELD:
        made.line.taken_off_at = at
        made.line.save(update_fields=["taken_off_at"])
    said = source_word(verdict.label)
    record(
        StandingsEvent.OBJECTION_ANSWERED,
        subject=row,
        by=by,
        at=at,
        line=str(made.line),
        verdict=said,
        answer=made.answer,
    )
    return made


@transaction.atomic
def confirm(commendation: Commendation, *, by: Account, at: datetime) -> Commendation:
    """Confirm the list after its days of objection, all of them answered (确认): lines get their numbers."""
    row = _stepped(commendation, "confirm", by)
    if row.objections_until is None or timezone.localdate(at) <= row.objections_until:
        raise Refused(_("公示还没有结束，结束后再确认。"))
    if Objection.objects.filter(line__commendation=row, verdict=Verdict.WAITING).exists():
        raise Refused(_("还有异议没有答复。请先答复。"))
    lines = list(row.lines.filter(taken_off_at__isnull=True))
    if not lines:
        raise Refused(_("名单上已经没有表彰对象。请撤销这份表彰。"))
    year = timezone.localdate(at).year
    given = CommendationLine.objects.filter(
        commendation__area=row.area, commendation__confirmed_at__year=year
    )
    last = given.aggregate(last=Max("number"))["last"] or 0
    for number, line in enumerate(lines, last + 1):
        line.number = number
    CommendationLine.objects.bulk_update(lines, ["number"])
    row.confirmed_by, row.confirmed_at = by, at
    row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    record(StandingsEvent.CONFIRMED, subject=row, by=by, at=at, title=row.title, lines=len(lines))
    return row


@transaction.atomic
def drop(commendation: Commendation, *, reason: str, by: Account, at: datetime) -> Commendation:
    """Drop a list that is not confirmed, with the reason (撤销)."""
    row = _stepped(commendation, "drop", by)
    reason = required_text(reason, _("请写撤销理由。"), field="reason")
    row.save(update_fields=["state"])
    record(StandingsEvent.DROPPED, subject=row, by=by, at=at, title=row.title, reason=reason)
    return row
