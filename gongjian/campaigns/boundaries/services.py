"""Merging and dividing areas (区划调整), and taking that back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.campaigns.boundaries.plans import HUNDRED, NEW, Plan, plan_division, plan_merger
from gongjian.campaigns.boundaries.targets import check_untouched, follow, put_back
from gongjian.campaigns.events import CampaignEvent
from gongjian.campaigns.models import BoundaryChange
from gongjian.campaigns.states import ChangeKind
from gongjian.indicators.boundaries.services import restate_for_boundaries, take_back_restated
from gongjian.people.boundaries.services import end_area, move_area, revive_area
from gongjian.people.models import Account, Area
from gongjian.people.perms import check_keep_people
from gongjian.people.queries import area_above
from gongjian.people.services import add_area


@dataclass(frozen=True)
class Payload:
    """What the event of a change of boundaries holds."""

    area: str
    others: str
    on: str
    document: str
    targets: int
    figures: int


def check_merger(kept: Area, others: Sequence[Area], *, on: date, by: Account, today: date) -> None:
    """Refuse what cannot be merged."""
    _check(kept, on=on, by=by, today=today)
    if not others or kept in others:
        raise Refused(_("请选并入的地区，不含保留的地区。"), field="others")
    if any(area_above(one) != area_above(kept) or one.ended_on for one in others):
        raise Refused(_("只能合并同一个上级下面、没有撤并的地区。请重新选择。"), field="others")


def check_division(
    area: Area, moved: Sequence[Area], *, share: Decimal, on: date, by: Account, today: date
) -> None:
    """Refuse what cannot be divided."""
    _check(area, on=on, by=by, today=today)
    if not 0 < share < HUNDRED:
        raise Refused(_("划出的比例要大于 0、小于 100。请核对。"), field="share")
    if any(area_above(one) != area for one in moved):
        raise Refused(_("划出的只能是%(area)s下面的地区。请重新选择。") % {"area": area}, field="moved")


def _check(area: Area, *, on: date, by: Account, today: date) -> None:
    above = area_above(area)
    if above is None:
        raise Refused(_("整个市不能合并或拆分。请选下面的地区。"), field="area")
    check_keep_people(by, above)
    if area.ended_on is not None:
        raise Refused(_("%(area)s已经撤并。请选合并后的地区。") % {"area": area}, field="area")
    if on > today or on.year < today.year:
        raise Refused(_("调整日期要在今年，不晚于今天。请核对。"), field="on")


@transaction.atomic
def merge(
    kept: Area, others: Sequence[Area], *, on: date, document: str = "", by: Account, at: datetime
) -> BoundaryChange:
    """Merge areas into one that is kept (合并): its targets are the sums, its earlier figures restated, the others end."""
    check_merger(kept, others, on=on, by=by, today=timezone.localdate(at))
    plan = plan_merger(kept, others, on=on)
    for area in plan.moved:
        move_area(area, kept, by=by, at=at)
    for area in others:
        end_area(area, on=on, by=by, at=at)
    row = BoundaryChange(kind=ChangeKind.MERGED, area=kept, on=on, document=document, made_by=by, made_at=at)
    return _carry_out(row, plan, {str(kept.pk): kept}, others=others)


@transaction.atomic
def divide(
    area: Area,
    moved: Sequence[Area],
    *,
    name: str,
    share: Decimal,
    stat_code: str = "",
    on: date,
    document: str = "",
    by: Account,
    at: datetime,
) -> BoundaryChange:
    """Divide an area (拆分): a new one beside it takes `share` per cent, and the areas below it that are named."""
    check_division(area, moved, share=share, on=on, by=by, today=timezone.localdate(at))
    plan = plan_division(area, moved, share=share, on=on)
    new = add_area(
        area_above(area),
        name=name,
        short_name="",
        level=area.level,
        stat_code=stat_code,
        order=area.order,
        by=by,
        at=at,
    )
    for one in moved:
        move_area(one, new, by=by, at=at)
    row = BoundaryChange(kind=ChangeKind.DIVIDED, area=area, on=on, document=document, made_by=by, made_at=at)
    return _carry_out(row, plan, {str(area.pk): area, NEW: new}, others=[new])


def _carry_out(
    row: BoundaryChange, plan: Plan, places: Mapping[str, Area], *, others: Sequence[Area]
) -> BoundaryChange:
    """Restate the figures, let new targets follow the old ones, write down what was done."""
    by, at = row.made_by, row.made_at
    said = {"area": row.area.name, "others": "、".join(one.name for one in others)}
    why = _("区划调整：%(area)s、%(others)s") % said
    values = {
        (indicator, places[key].pk, month, column): value
        for (indicator, key, month, column), value in plan.figures.items()
    }
    row.figures = restate_for_boundaries(values, area=row.area, reason=why, by=by, at=at)
    moved = {one.pk for one in plan.moved}
    row.replaced = {"targets": follow(plan.lines, places, moved=moved, reason=why, by=by, at=at)}
    row.replaced |= {"moved": {str(one.pk): home for one, home in plan.moved.items()}}
    row.save()
    row.others.set(others)
    done = Payload(
        **said,
        on=row.on.isoformat(),
        document=row.document,
        targets=sum(len(line.after) for line in plan.lines),
        figures=row.figures.written,
    )
    merged = row.kind == ChangeKind.MERGED
    name = CampaignEvent.AREAS_MERGED if merged else CampaignEvent.AREA_DIVIDED
    record(name, subject=row, by=by, at=at, **asdict(done))
    return row


@transaction.atomic
def take_back_boundaries(change: BoundaryChange, *, reason: str, by: Account, at: datetime) -> BoundaryChange:
    """Take back a change of boundaries (撤回) while none of its targets and figures was touched since."""
    row = BoundaryChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    check_keep_people(by, area_above(row.area))
    reason = required_text(reason, _("请写撤回理由。"), field="reason")
    if row.taken_back_at is not None:
        raise Refused(_("这次调整已经撤回。请刷新页面。"))
    check_untouched(row)
    others = list(row.others.all())
    take_back_restated(row.figures, reason=_("撤回区划调整：%(reason)s") % {"reason": reason}, by=by, at=at)
    put_back(row, reason=reason, by=by, at=at)
    homes = Area.objects.in_bulk(row.replaced["moved"].values())
    for area in Area.objects.filter(pk__in=row.replaced["moved"]):
        move_area(area, homes[row.replaced["moved"][str(area.pk)]], by=by, at=at)
    for area in others:
        if row.kind == ChangeKind.MERGED:
            revive_area(area, by=by, at=at)
        else:
            end_area(area, on=row.on, by=by, at=at)
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])
    said = {"area": row.area.name, "others": "、".join(one.name for one in others)}
    record(CampaignEvent.BOUNDARIES_TAKEN_BACK, subject=row, by=by, at=at, **said, reason=reason)
    return row
