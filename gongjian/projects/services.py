"""Registering a project and correcting it; the stage follows from what is written, never from a menu."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.sensible_days import check_day
from gongjian.audit.services import record
from gongjian.audit.wording import SOURCE, source_word
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.people.models import Account
from gongjian.projects import perms, rules
from gongjian.projects.events import ProjectEvent
from gongjian.projects.investment.services import record_investment
from gongjian.projects.models import Project
from gongjian.projects.queries import FACTS, facts_of, label_of, missing_of, stage_of
from gongjian.projects.states import Stage

__all__ = ["record_investment", "register", "update"]

PLANNED_DAYS = ("start_planned_on", "completion_planned_on")
EVIDENCE = tuple(name for name in FACTS if name.endswith("_on") and name not in PLANNED_DAYS)


@transaction.atomic
def register(*, by: Account, at: datetime, **facts: Any) -> Project:
    """Put a project on the ledger (登记项目). What is written may reach a later stage at once."""
    perms.check_keep(by, facts["area"])
    _check(facts, today=timezone.localdate(at))
    project = Project(recorded_by=by, recorded_at=at)
    changes = set_fields(project, _as_stored(facts))
    project.save()
    record(ProjectEvent.REGISTERED, subject=project, by=by, at=at, title=project.name, **changes)
    _move(project, by=by, at=at)
    return project


@transaction.atomic
def update(project: Project, *, by: Account, at: datetime, **facts: Any) -> Project:
    """Correct a project or add to it (更正); taking evidence away takes the stage back, which the trail tells."""
    project = Project.objects.select_for_update(of=("self",)).select_related("area").get(pk=project.pk)
    perms.check_keep(by, project.area)
    perms.check_keep(by, facts.get("area", project.area))
    _check(facts_of(project) | facts, today=timezone.localdate(at), but=project)
    changes = set_fields(project, _as_stored(facts))
    if changes["values"]:
        project.save()
        record(ProjectEvent.CHANGED, subject=project, by=by, at=at, **changes)
        _move(project, by=by, at=at)
    return project


def _as_stored(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with amounts as the database keeps them, so that 32000 and 32000.00 are one value to the trail."""
    cent = Decimal("0.01")
    return {
        name: value.quantize(cent) if isinstance(value, Decimal) else value for name, value in facts.items()
    }


def _move(project: Project, *, by: Account, at: datetime) -> None:
    """Set the stage to what follows from the facts, and tell it when it is another."""
    facts = facts_of(project)
    stage, before = stage_of(facts), Stage(project.stage)
    if stage == before:
        return
    order = list(Stage)
    changes = set_fields(project, {"stage": stage})
    project.save(update_fields=["stage"])
    words = {"stage": source_word(stage.label), "before": source_word(before.label)}
    if order.index(stage) > order.index(before):
        record(ProjectEvent.STAGE_REACHED, subject=project, by=by, at=at, **words, **changes)
        return
    with translation.override(SOURCE):
        missing = "、".join(missing_of(facts))
    record(ProjectEvent.STAGE_LOST, subject=project, by=by, at=at, missing=missing, **words, **changes)


def _check(facts: Mapping[str, Any], *, today: date, but: Project | None = None) -> None:
    required_text(facts["name"], _("请填写项目名称。"), field="name")
    if facts.get("enterprise") and facts.get("owner_unit"):
        raise Refused(_("项目单位只填一个：企业，或机关事业单位。"), field="owner_unit")
    code = facts.get("code")
    if code and Project.objects.filter(code=code).exclude(pk=but.pk if but else 0).exists():
        raise Refused(_("项目代码%(code)s已经登记过。请核对项目代码。") % {"code": code}, field="code")
    _check_years(facts.get("first_year"), facts.get("last_year"))
    for name in EVIDENCE:
        check_day(facts.get(name), DayMeaning.DONE, today=today, field=name)
    for name in PLANNED_DAYS:
        check_day(facts.get(name), DayMeaning.DUE, today=today, field=name)
    if early := rules.too_early({name: facts.get(name) for name in EVIDENCE}):
        day, before = early
        raise Refused(
            _("%(day)s早于%(before)s。请核对两个日期。") % {"day": label_of(day), "before": label_of(before)},
            field=day,
        )


def _check_years(first: int | None, last: int | None) -> None:
    if first and last and last < first:
        raise Refused(_("结束年份早于开始年份。请对调。"), field="last_year")
