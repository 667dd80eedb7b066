"""Figures restated for new boundaries: each supersedes the one that stood, with the reason, and can be taken back as a whole."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.indicators.events import IndicatorEvent
from gongjian.indicators.models import Figure, FigureBatch
from gongjian.indicators.states import Via
from gongjian.people.models import Account, Area
from gongjian.people.perms import check_keep_people

Key = tuple[int, int, date, str]  # indicator, area, month, column


@transaction.atomic
def restate_for_boundaries(
    values: Mapping[Key, Decimal], *, area: Area, reason: str, by: Account, at: datetime
) -> FigureBatch:
    """Restate the figures of areas whose boundaries changed; what stood stays readable behind each."""
    check_keep_people(by, area)
    standing = {_key(row): row for row in _standing({key[1] for key in values})}
    new = {key: value for key, value in values.items() if key not in standing or standing[key].value != value}
    gone = [standing[key].pk for key in new if key in standing]
    return _write(new, gone, area=area, reason=reason, by=by, at=at)


@transaction.atomic
def take_back_restated(batch: FigureBatch, *, reason: str, by: Account, at: datetime) -> FigureBatch:
    """Put back what a batch restated. Refused once one of its figures was corrected."""
    check_keep_people(by, batch.area)
    rows = list(batch.figures.all())
    if any(row.superseded_at is not None for row in rows):
        raise Refused(_("调整以后有数据又更正过，不能整体撤回。请逐个更正。"))
    areas = {row.area_id for row in rows}
    before = Figure.objects.filter(area__in=areas, superseded_at=batch.recorded_at).exclude(batch=batch)
    mine = {_key(row) for row in rows}
    values = {_key(row): row.value for row in before.order_by("pk") if _key(row) in mine}
    return _write(values, [row.pk for row in rows], area=batch.area, reason=reason, by=by, at=at)


def _write(
    values: Mapping[Key, Decimal], gone: Sequence[int], *, area: Area, reason: str, by: Account, at: datetime
) -> FigureBatch:
    batch = FigureBatch.objects.create(
        via=Via.FORM, area=area, written=len(values), recorded_by=by, recorded_at=at
    )
    Figure.objects.filter(pk__in=gone).update(superseded_at=at)
    Figure.objects.bulk_create(
        Figure(
            indicator_id=indicator,
            area_id=place,
            month=month,
            column=column,
            value=value,
            reason=reason[:200],
            batch=batch,
            recorded_at=at,
        )
        for (indicator, place, month, column), value in values.items()
    )
    said = {"via": source_word(Via.FORM.label), "written": len(values), "asked": 0, "faults": 0}
    record(IndicatorEvent.ENTERED, subject=batch, by=by, at=at, **said)
    return batch


def _standing(areas: set[int]) -> Sequence[Figure]:
    return list(Figure.objects.filter(Q(area__in=areas), superseded_at=None))


def _key(row: Figure) -> Key:
    return row.indicator_id, row.area_id, row.month, row.column
