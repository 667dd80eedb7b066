"""Records that the walk over all pages asks for: a figure that was corrected, a target, a file of the firm's own."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from gongjian.engines.workdays.calendar import add_months
from gongjian.projects import services as projects
from gongjian.projects.models import Project
from gongjian.visits.pledges.services import record_pledge
from tests.factories import (
    AT,
    AlertRuleFactory,
    AttachmentFactory,
    BoundaryChangeFactory,
    FigureFactory,
    TargetFactory,
    TargetMoveFactory,
    VisitFactory,
)

# Pages without a record of their own, whatever the beginning of their names.
PLAIN = (
    "common-dismiss",
    "introduction-export",
    "standings",
    "commendations",
    "market",
    "complaint-again",
    "complaint-receipt",
    "target-coverage",
    "target-table",
    "target-new",
    "campaign-new",
    "battle-new",
)


def corrected_figure(c):
    """A figure that was corrected, in both columns, with the one of the year before."""
    now = FigureFactory(area=c.county, value=6, superseded_at=AT, batch__recorded_by=c.clerk)
    facts = {"area": c.county, "indicator": now.indicator, "batch": now.batch}
    FigureFactory(**facts, month=date(2025, 10, 1), value=4)
    FigureFactory(**facts, column="OFFICIAL")
    return FigureFactory(**facts)


def target_of(c, figure):
    """A county's part of a target of the city, with its first offer."""
    whole = TargetFactory(area=c.city, indicator=figure.indicator, state="AGREED", battle__lead_unit=c.bureau)
    whole.battle.indicators.set([figure.indicator])
    facts = {"area": c.county, "indicator": figure.indicator, "battle": whole.battle, "parent": whole}
    part = TargetFactory(**facts, value=50, state="PROPOSED")
    TargetMoveFactory(target=part, amount=50, made_by=c.clerk)
    return part


def boundaries_of(c):
    """A change of boundaries, and the pages without one."""
    return {
        "boundaries-take-back": [BoundaryChangeFactory(area=c.county).pk],
        **{f"boundaries{act}": [] for act in ("", "-merge", "-divide")},
    }


def rally_of(c, target):
    """A rally of the area with one pledge for the target."""
    now, today = timezone.now(), timezone.localdate()
    rally = VisitFactory(area=target.area, kind="RALLY", title="动员会", starts_on=today, ends_on=today)
    who = {"lead_unit": c.bureau, "responsible_person": c.director, "due": today + timedelta(days=30)}
    record_pledge(rally, target=target, words="保证完成", **who, by=c.clerk, at=now)
    return rally


def project_of(c):
    """A project of the county that has been approved, its firm known, with its trail."""
    code = "2026-990000-34-01-000001"
    return Project.objects.filter(code=code).first() or projects.register(
        name="高端阀门园",
        code=code,
        area=c.county,
        enterprise=c.firm,
        kind="NEW",
        industry="装备制造",
        content="新建厂房两座",
        total_investment=Decimal(32000),
        year_plan=Decimal(12000),
        lead_unit=c.bureau,
        leader=c.leader.person,
        responsible_person=c.director,
        signed_on=timezone.localdate() - timedelta(days=90),
        approved_on=timezone.localdate() - timedelta(days=30),
        start_planned_on=timezone.localdate() + timedelta(days=30),
        by=c.clerk,
        at=timezone.now(),
    )


def own_file(world):
    """The same picture, added by the firm: it opens no other."""
    kept = {name: getattr(world.file, name) for name in ("subject_id", "name", "digest", "thumbnail")}
    return AttachmentFactory(**kept, added_by=world.enterprise)


def any_alert(figure):
    """The name of an alert about a newer figure of the same area, which any change calls up."""
    AlertRuleFactory(comparison="FROM", threshold=-1000)
    this = timezone.localdate().replace(day=1)
    month = add_months(this, -3 if this.month == 3 else -2)  # January may be told of with February
    now = FigureFactory(area=figure.area, batch=figure.batch, month=month)
    before = add_months(month, -12)
    FigureFactory(area=figure.area, batch=figure.batch, indicator=now.indicator, month=before, value=4)
    return f"CHANGE-{now.indicator_id}-{now.area_id}-0-{month:%Y%m}"
