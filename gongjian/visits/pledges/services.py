"""Recording a pledge."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.models import Target
from gongjian.engines.workdays.calendar import day_of_month
from gongjian.engines.writing.excerpts import excerpt
from gongjian.people.models import Account, Person, Unit
from gongjian.visits import perms
from gongjian.visits.events import VisitEvent
from gongjian.visits.models import Pledge, Visit
from gongjian.visits.pledges.queries import pledged
from gongjian.visits.states import RALLIES

LONGEST_IN_EVENT = 60  # characters of a pledge in its event


@transaction.atomic
def record_pledge(
    visit: Visit,
    *,
    target: Target,
    words: str,
    lead_unit: Unit,
    responsible_person: Person,
    due: date | None = None,
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> Pledge:
    """Record what was pledged for a target at a rally (表态), as an assignment due at the end of the target's span.

    The amount and the agreement as they stood are kept beside it: a target may change later, what was said does not.
    """
    perms.check_write(by, visit)
    row = Visit.objects.select_for_update(of=("self",)).select_related("area").get(pk=visit.pk)
    if row.kind not in RALLIES:
        raise Refused(_("只有动员会和三级干部会记表态。请在会议页更正类型。"))
    _check_target(row, target)
    words = required_text(words, _("请写表态的原话。"), field="words")
    end = end_of(target)
    if due is None and end < timezone.localdate(at):
        raise Refused(_("这个时段已经过完。请填办理时限。"), field="due")
    task = campaigns.assign_task(
        target.battle,
        target=target,
        task=words,
        lead_unit=lead_unit,
        responsible_person=responsible_person,
        due=due or end,
        person_reason=person_reason,
        by=by,
        at=at,
    )
    kept = Pledge.objects.create(
        visit=row, task=task, amount=target.value, state=target.state, recorded_at=at
    )
    said = {
        "who": target.holder,
        "what": excerpt(words, LONGEST_IN_EVENT),
        "number": task.assignment.number,
    }
    record(
        VisitEvent.PLEDGED, subject=row, by=by, at=at, target=target.pk, amount=f"{target.value:f}", **said
    )
    return kept


def _check_target(visit: Visit, target: Target) -> None:
    """Refuse a target of another area, one that was withdrawn, and one that was pledged for at the meeting already."""
    if target.withdrawn_at is not None or not target.area.path.startswith(visit.area.path):
        raise Refused(
            _("这个目标不在%(area)s，或已经撤销。请重新选择。") % {"area": visit.area}, field="target"
        )
    if pledged(visit).filter(task__target=target).exists():
        raise Refused(_("这个目标在会上已经表态。请选下一个。"), field="target")


def end_of(target: Target) -> date:
    """The last day of a target's span."""
    return day_of_month(target.year, target.months, 31)
