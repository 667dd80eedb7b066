"""Writing down monthly investment: many figures in one act, each series by itself, a restated one with its reason."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import WhatHappened, record_together
from gongjian.audit.wording import source_word
from gongjian.people.models import Account
from gongjian.projects import perms
from gongjian.projects.events import ProjectEvent
from gongjian.projects.models import Investment, Project
from gongjian.projects.states import Series

EARLIEST, AHEAD = 2000, 1  # first year; years after this one that a plan may be made for
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Told:
    """What one month of one series came to, in 10,000 yuan."""

    project: Project
    month: date
    series: Series
    amount: Decimal


@transaction.atomic
def record_investment(
    told: Sequence[Told], *, reason: str = "", by: Account, at: datetime
) -> list[Investment]:
    """Write down monthly amounts (登记投资); those that stand already are left alone.

    Another value than the one that stands wants a reason: the old one stays, with the days it stood for.
    """
    told = [
        Told(one.project, one.month.replace(day=1), one.series, one.amount.quantize(CENT)) for one in told
    ]
    _check(told, by=by, today=timezone.localdate(at))
    standing = _standing(told)
    fresh = [one for one in told if (old := standing.get(_key(one))) is None or old.amount != one.amount]
    restated = [standing[_key(one)] for one in fresh if _key(one) in standing]
    if restated:
        reason = required_text(reason, _("这个月的数已经登记过。要更正请写明理由。"), field="reason")
        Investment.objects.filter(pk__in=[old.pk for old in restated]).update(superseded_at=at)
    rows = Investment.objects.bulk_create(
        Investment(
            project=one.project,
            month=one.month,
            series=one.series,
            amount=one.amount,
            reason=reason.strip() if _key(one) in standing else "",
            recorded_by=by,
            recorded_at=at,
        )
        for one in fresh
    )
    record_together(_events(fresh, standing, reason.strip()), by=by, at=at)
    return rows


def _key(one: Told) -> tuple[int, date, str]:
    return one.project.pk, one.month, one.series


def _standing(told: Sequence[Told]) -> dict[tuple[int, date, str], Investment]:
    """The rows in force of these months, locked until the transaction ends."""
    Project.objects.select_for_update().filter(pk__in={one.project.pk for one in told}).count()
    rows = Investment.objects.filter(
        superseded_at=None,
        project__in={one.project.pk for one in told},
        month__in={one.month for one in told},
    )
    return {(row.project_id, row.month, row.series): row for row in rows}


def _check(told: Iterable[Told], *, by: Account, today: date) -> None:
    for area in {one.project.area for one in told}:
        perms.check_keep(by, area)
    for one in told:
        if not EARLIEST <= one.month.year <= today.year + AHEAD:
            raise Refused(_("月份不对。请选今年或去年的月份。"), field="month")
        if one.series != Series.PLAN and one.month > today:
            raise Refused(_("这个月还没有到，只能先填计划。"), field=one.series.lower())


def _events(
    fresh: Sequence[Told], standing: dict[tuple[int, date, str], Investment], reason: str
) -> list[WhatHappened]:
    """One event for each series of a project, one more for each figure that was restated."""
    happened, first_told = list[WhatHappened](), defaultdict[tuple[int, Series], list[Told]](list)
    for one in fresh:
        if (old := standing.get(_key(one))) is None:
            first_told[one.project.pk, one.series].append(one)
        else:
            data = _data([one]) | {"old": f"{old.amount.normalize():f}", "reason": reason}
            happened.append(WhatHappened(ProjectEvent.INVESTMENT_RESTATED, one.project, data))
    for rows in first_told.values():
        name = ProjectEvent.INVESTED if len(rows) == 1 else ProjectEvent.INVESTED_MONTHS
        happened.append(WhatHappened(name, rows[0].project, _data(rows)))
    return happened


def _data(rows: Sequence[Told]) -> dict[str, Any]:
    months = sorted(one.month for one in rows)
    return {
        "series": source_word(rows[0].series.label),
        "first": f"{months[0]:%Y-%m}",
        "last": f"{months[-1]:%Y-%m}",
        "new": f"{sum((one.amount for one in rows), Decimal(0)).normalize():f}",
        "figures": [[f"{one.month:%Y-%m}", f"{one.amount:f}"] for one in rows],
    }
