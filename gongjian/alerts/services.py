"""Keeping the rules of alerts, and handing an alert over as a task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.alerts import perms
from gongjian.alerts.events import AlertEvent
from gongjian.alerts.models import AlertRule, AlertTask
from gongjian.alerts.queries import Alert
from gongjian.alerts.rules import shipped
from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import Source
from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.people.models import Account, Person, Unit
from gongjian.people.queries import holders, office_of

WORKING_DAYS = {"YELLOW": 10, "ORANGE": 7, "RED": 5}
LARGEST = Decimal(10) ** 7


@transaction.atomic
def load_rules(*, by: Account | None, at: datetime) -> list[AlertRule]:
    """Add the shipped tables of lights where the office has none yet; its own rows are left as they are."""
    if AlertRule.objects.exists():
        return []
    return [add_rule(**line, by=by, at=at) for line in shipped()]


@transaction.atomic
def add_rule(*, by: Account | None, at: datetime, **facts: Any) -> AlertRule:
    """Add a line to a table of lights (新增预警规则)."""
    perms.check_keep_rules(by)
    row = AlertRule(**_checked(facts))
    row.save()
    record(AlertEvent.RULE_ADDED, subject=row, by=by, at=at, rule=str(row))
    return row


@transaction.atomic
def update_rule(rule: AlertRule, *, by: Account, at: datetime, **facts: Any) -> AlertRule:
    """Change a line, or switch it off (修改预警规则)."""
    perms.check_keep_rules(by)
    row = AlertRule.objects.select_for_update().get(pk=rule.pk)
    changes = set_fields(row, _checked(facts))
    row.save()
    record(AlertEvent.RULE_CHANGED, subject=row, by=by, at=at, rule=str(row), **changes)
    return row


def _checked(facts: dict[str, Any]) -> dict[str, Any]:
    told = dict(facts)
    for name, ask in (
        ("scheme", _("请写规则名称，如“本办 同比”。")),
        ("document", _("请写依据，没有文件的写“本办自定”。")),
        ("follow_up", _("请写怎么办，如“分析原因”。")),
    ):
        told[name] = required_text(told.get(name, ""), ask, field=name)
    threshold = told["threshold"]
    if not threshold.is_finite() or abs(threshold) > LARGEST:
        raise Refused(_("界限太大或不是数字。请核对。"), field="threshold")
    return told


@dataclass(frozen=True)
class Proposal:
    """Who is proposed for the task of an alert; None where the register does not say."""

    lead_unit: Unit | None
    responsible_person: Person | None


def propose(alert: Alert, *, on: date) -> Proposal:
    """Who answers for an alert: of the city's target who leads its battle, else the area's office; its person, else its head."""
    target = alert.target
    unit = office_of(alert.area)
    person = target.responsible_person if target else None
    if target is not None and target.parent_id is None and target.battle.lead_unit is not None:
        unit = target.battle.lead_unit
    if unit is None:
        return Proposal(None, None)
    terms = list(holders([unit], on=on))
    own = [term.person for term in terms]
    return Proposal(unit, person if person in own else next(iter(own), None))


@transaction.atomic
def hand_over(
    alert: Alert,
    *,
    task: str,
    lead_unit: Unit,
    responsible_person: Person,
    supporting_units: Sequence[Unit] = (),
    working_days: int | None = None,
    due: date | None = None,
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> Assignment:
    """Hand an alert over (预警交办). Refused while a task about the same runs, and a second time for the same month."""
    perms.check_hand_over(by, alert.area)
    begun = AlertTask.objects.select_for_update().filter(alert=alert.key).first()
    if begun is not None or alert.open_task is not None:
        raise Refused(_("这条预警已经交办。请打开它的任务查看进展。"))
    row = assignments.assign(
        source=Source.BATTLE,
        task=task,
        area=alert.area,
        lead_unit=lead_unit,
        supporting_units=supporting_units,
        responsible_person=responsible_person,
        working_days=None if due else working_days or WORKING_DAYS[alert.light],
        due=due,
        on_the_spot=False,
        person_reason=person_reason,
        by=by,
        at=at,
    )
    about = AlertTask.objects.create(
        alert=alert.key,
        scheme=alert.rule.scheme,
        measure=alert.rule.measure,
        indicator=alert.indicator,
        area=alert.area,
        target=alert.target,
        month=alert.month,
        light=alert.light,
        value=alert.value.quantize(Decimal("0.0001")),
        assignment=row,
    )
    told = {"unit": row.lead_unit.name, "number": row.number, "assignment": row.pk}
    record(AlertEvent.HANDED_OVER, subject=about, by=by, at=at, alert=str(about), **told)
    return row
