"""The minutes (会议纪要) of a rally: who met, what was said, what each area pledged for which target. Every number is the record's."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.audit.wording import unit_behind
from gongjian.bulletins.wording import day_on_paper, office_name, usual_receivers
from gongjian.campaigns.states import TargetState
from gongjian.engines.paper import word_file
from gongjian.engines.paper.blocks import Block, Brief, PaperHeading, PaperParagraph, PaperTable
from gongjian.people.models import Area
from gongjian.people.queries import office_of
from gongjian.visits.models import Pledge, Visit
from gongjian.visits.pledges.queries import AreaStep
from gongjian.visits.queries import number_in_year
from gongjian.visits.states import NoteHeading


def minutes_paper(visit: Visit, steps: Sequence[AreaStep], pledges: Sequence[Pledge]) -> bytes:
    """The .docx of the minutes, within the words of the place that issues them."""
    day = day_on_paper(visit.starts_on)
    year, issue = visit.starts_on.year, number_in_year(visit)
    return word_file.render(
        Brief(
            head=_("%(area)s会议纪要") % {"area": visit.area.name},
            year=year,
            issue=issue,
            unit=str(office_of(visit.area) or office_name(visit.area.name)),
            on=visit.starts_on,
            title=_("%(title)s纪要") % {"title": visit.title},
            blocks=(*_who_met(visit), *_said(visit), *_pledged(steps, pledges)),
            sent_to=usual_receivers(visit.area.name),
            number=_("（%(year)s年第%(issue)s期）") % {"year": year, "issue": issue},
            day=day,
            printed=_("%(day)s印发") % {"day": day} if day else "",
            numerals="arabic" if day else "chinese",
        )
    )


def _who_met(visit: Visit) -> list[Block]:
    day = _day(visit.starts_on)
    lines = [
        _("时间：%(day)s%(part)s") % {"day": day, "part": visit.get_part_display() if visit.part else ""},
        _("地点：%(place)s") % {"place": visit.place} if visit.place else "",
        _("主持：%(lead)s") % {"lead": visit.lead} if visit.lead else "",
    ]
    people = _("、").join(str(person) for person in visit.participants.order_by("pk"))
    lines.append(_("参加：%(people)s") % {"people": people} if people else "")
    return [PaperParagraph((line,)) for line in lines if line]


def _day(on: date) -> str:
    """A day as the paper writes it in either language."""
    parts = {"year": on.year, "month": on.month, "day": on.day}
    return day_on_paper(on) or _("%(year)s年%(month)s月%(day)s日") % parts


def _said(visit: Visit) -> list[Block]:
    notes = visit.notes.filter(heading=NoteHeading.STATEMENT).select_related("speaker")
    said = [
        _("%(who)s：%(text)s") % {"who": note.speaker, "text": note.text} if note.speaker else note.text
        for note in notes
    ]
    return [PaperHeading(1, _("讲话要求")), *(PaperParagraph((text,)) for text in said)] if said else []


def _pledged(steps: Sequence[AreaStep], pledges: Sequence[Pledge]) -> list[Block]:
    """How many pledged, each area's pledges in a table, who did not."""
    areas = [list(rows) for _area, rows in groupby(pledges, key=lambda one: _area_of(one).pk)]
    blocks: list[Block] = [
        PaperHeading(1, _("目标表态")),
        PaperParagraph((_count(len(areas), len(pledges)),)),
    ]
    silent = [step.area.name for step in steps[1:] if not step.pledged]
    if silent:
        names = _("、").join(silent)
        blocks.append(PaperParagraph((_("没有表态的：%(areas)s。") % {"areas": names},)))
    for rows in areas:
        blocks += [PaperHeading(2, _area_of(rows[0]).name), _table(rows)]
    if any(_waits(one) for one in pledges):
        blocks.append(PaperParagraph((_("带 * 的目标表态时还在协商，双方认可后生效。"),)))
    return blocks


def _count(areas: int, pledges: int) -> str:
    if not pledges:
        return _("会上没有记下表态。")
    said = {"areas": areas, "n": pledges}
    return (
        ngettext(
            "会上记下表态%(n)s条，来自地区%(areas)s个，每条都已交办。",
            "会上记下表态%(n)s条，来自地区%(areas)s个，每条都已交办。",
            pledges,
        )
        % said
    )


def _area_of(one: Pledge) -> Area:
    area: Area = one.task.assignment.area
    return area


def _waits(one: Pledge) -> bool:
    return one.state not in (TargetState.AGREED, TargetState.SIGNED)


def _table(rows: Sequence[Pledge]) -> PaperTable:
    head = (_("目标"), _("目标值"), _("表态"), _("责任单位和责任人"), _("办理时限"))
    return PaperTable(head, tuple(_row(one) for one in rows))


def _row(one: Pledge) -> tuple[str, ...]:
    task, target = one.task.assignment, one.task.target
    what = f"{target.indicator.label} {target.get_horizon_display()}" if target else one.task.battle.name
    unit = unit_behind(target.indicator.unit) if target else ""
    amount = f"{one.amount.normalize():f}{unit}{'*' if _waits(one) else ''}"
    return (what, amount, task.task, f"{task.lead_unit} {task.responsible_person}", _day(task.due_on))
