"""Opening a survey, and a firm's answer, which is counted and not kept."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.confidence import perms, queries
from gongjian.confidence.events import ConfidenceEvent
from gongjian.confidence.models import BallotBox, ConfidenceSurvey
from gongjian.confidence.rules import FEWEST
from gongjian.confidence.states import Outlook
from gongjian.people.models import Account, Area


@transaction.atomic
def open_survey(
    *, name: str, area: Area, opens_on: date, closes_on: date, by: Account, at: datetime
) -> ConfidenceSurvey:
    """Open a survey of the firms of an area (开展信心调查); which groups are counted apart is settled now."""
    perms.check_open_survey(by, area)
    name = required_text(name, _("请写调查名称，如“2026年四季度企业信心调查”。"), field="name")
    if closes_on < opens_on or closes_on < timezone.localdate(at):
        raise Refused(_("截止日期要在开始之后，且不早于今天。"), field="closes_on")
    sizes = queries.counted_by_group(queries.asked_firms(area))
    asked = sizes.get(queries.ALL, 0)
    if asked < FEWEST:
        raise Refused(
            _("能登录的企业不足%(least)s家，答了也不能保密。请先给企业开账号。") % {"least": FEWEST},
            field="area",
        )
    row = ConfidenceSurvey.objects.create(
        name=name, area=area, opens_on=opens_on, closes_on=closes_on, asked=sizes
    )
    BallotBox.objects.create(survey=row)
    record(ConfidenceEvent.OPENED, subject=row, by=by, at=at, survey=row.name, asked=asked)
    return row


@transaction.atomic
def answer(survey: ConfidenceSurvey, *, now: str, expected: str, by: Account, at: datetime) -> None:
    """Count a firm's answer (填写信心调查). It leaves a mark without a name, and no event: the trail would say whose it is and when."""
    firm = perms.firm_of(by)
    today = timezone.localdate(at)
    if not survey.opens_on <= today <= survey.closes_on or not firm.area.path.startswith(survey.area.path):
        raise Refused(_("这次调查没有开始、已经截止，或不调查您的企业。"))
    box = BallotBox.objects.select_for_update().get(survey=survey)
    mark = queries.mark_of(survey, firm)
    if mark in box.marks:
        raise Refused(_("您的企业已经答过，谢谢。"))
    key = f"{Outlook(now)}-{Outlook(expected)}"
    for group in queries.groups_of(firm):
        if group in survey.asked:
            box.counts[group] = _one_more(box.counts.get(group, {}), key)
    box.counts = dict(sorted(box.counts.items()))
    box.marks = sorted([*box.marks, mark])
    box.save(update_fields=["counts", "marks"])


def _one_more(counts: dict[str, Any], key: str) -> dict[str, Any]:
    return dict(sorted((counts | {key: counts.get(key, 0) + 1}).items()))
