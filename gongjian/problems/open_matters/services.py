"""Handing open matters on in one step (移交): each goes to whoever was chosen for it; a refusal stops nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment, Support
from gongjian.audit import Refused, required_text
from gongjian.enterprises.models import Pairing
from gongjian.enterprises.register.services import add_pairing, end_pairing
from gongjian.people.models import Account, Person, Unit
from gongjian.problems.open_matters.queries import Holder, OpenMatter, matters_of_person, matters_of_unit
from gongjian.visits import services as visits
from gongjian.visits.models import Visit


@dataclass(frozen=True)
class HandedOn:
    """How many matters were handed on, and the sentence of each that was refused."""

    done: int
    refused: tuple[str, ...]


@dataclass(frozen=True)
class _Act:
    reason: str
    person_reason: str
    by: Account
    at: datetime


@transaction.atomic
def hand_on_of_person(
    person: Person,
    *,
    to: Mapping[str, Holder],
    reason: str,
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> HandedOn:
    """Hand on what a person still has: tasks and pairings to another person, planned visits to another leader."""
    act = _Act(_given(reason), person_reason, by, at)
    return _each(matters_of_person(person, by, today=timezone.localdate(at)), to, act)


@transaction.atomic
def hand_on_of_unit(
    unit: Unit,
    *,
    to: Mapping[str, Holder],
    reason: str,
    person_reason: str = "",
    by: Account,
    at: datetime,
) -> HandedOn:
    """Hand on what a unit still leads or supports: the past stays under its name, the open goes on under the new one."""
    act = _Act(_given(reason), person_reason, by, at)
    return _each(matters_of_unit(unit, by, today=timezone.localdate(at)), to, act)


def _given(reason: str) -> str:
    return required_text(reason, _("请写明移交的原因，如“机构合并”“调离”。"), field="reason")


def _each(matters: list[OpenMatter], to: Mapping[str, Holder], act: _Act) -> HandedOn:
    done, refused = 0, []
    for matter in matters:
        if matter.key not in to:
            continue
        try:
            with transaction.atomic():
                _hand_on(matter.record, to[matter.key], act)
            done += 1
        except Refused as why:
            refused.append(why.sentence)
    return HandedOn(done, tuple(refused))


def _hand_on(record: Assignment | Support | Pairing | Visit, holder: Holder, act: _Act) -> None:
    unit, person = holder
    facts: dict[str, Any] = {"by": act.by, "at": act.at}
    if isinstance(record, Assignment):
        _hand_on_task(record, holder, act)
    elif isinstance(record, Support):
        if unit is None:
            raise Refused(_("协办要移交给一个单位。请选单位。"))
        assignments.release_support(record.assignment, unit=record.unit, reason=act.reason, **facts)
        assignments.add_support(record.assignment, unit=unit, **facts)
    elif isinstance(record, Pairing):
        today = timezone.localdate(act.at)
        end_pairing(record, until=today, **facts)
        add_pairing(record.enterprise, person=person, kind=record.kind, since=today, **facts)
    else:
        visits.change_lead(record, lead=person, **facts)


def _hand_on_task(task: Assignment, holder: Holder, act: _Act) -> None:
    unit, person = holder
    facts: dict[str, Any] = {"reason": act.reason, "person_reason": act.person_reason}
    facts |= {"by": act.by, "at": act.at}
    if unit is None or unit.pk == task.lead_unit_id:
        assignments.change_person(task, responsible_person=person, **facts)
    else:
        assignments.take_over(task, lead_unit=unit, responsible_person=person, **facts)
