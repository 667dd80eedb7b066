"""Assignments, regimes, calendars, escalation."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from gongjian.assignments.models import (
    AnnouncedYear,
    Assignment,
    Escalation,
    Ladder,
    Regime,
    RegimeChange,
    Rung,
    Support,
)
from tests.factories.days import AT, TODAY
from tests.factories.people import AccountFactory, AreaFactory, PersonFactory, UnitFactory


class RegimeFactory(DjangoModelFactory):
    class Meta:
        model = Regime

    code = factory.Sequence(lambda n: f"R{n}")
    name = "测试制度"
    counting = "当日不计,自次日起算"
    grades = factory.LazyFunction(
        lambda: [
            {
                "key": "general",
                "name": "一般",
                "checkpoints": [
                    {"key": "reply", "name": "反馈", "amount": 3, "span": "WORKING_DAYS"},
                    {"key": "close", "name": "办结", "amount": 7, "span": "WORKING_DAYS"},
                ],
            }
        ]
    )


class RegimeChangeFactory(DjangoModelFactory):
    class Meta:
        model = RegimeChange

    name = "测试制度"
    text = ""
    proposed_by = factory.SubFactory(AccountFactory)
    proposed_at = AT


class AnnouncedYearFactory(DjangoModelFactory):
    class Meta:
        model = AnnouncedYear

    year = 2027
    text = ""
    document = "测试文号"
    proposed_by = factory.SubFactory(AccountFactory)
    proposed_at = AT


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    source = "PROBLEM"
    task = "协调解决"
    area = factory.SubFactory(AreaFactory)
    lead_unit = factory.SubFactory(UnitFactory)
    responsible_person = factory.SubFactory(PersonFactory)
    handed_over_by = factory.SubFactory(AccountFactory)
    handed_over_at = AT
    state = "ASSIGNED"
    due_on = date(2026, 12, 3)
    next_name = "办结"
    next_due_on = date(2026, 12, 3)
    next_warn_on = date(2026, 12, 1)
    next_grave_on = date(2026, 12, 15)


class SupportFactory(DjangoModelFactory):
    class Meta:
        model = Support

    assignment = factory.SubFactory(AssignmentFactory)
    unit = factory.SubFactory(UnitFactory)
    due_on = TODAY
    warn_on = TODAY
    grave_on = date(2026, 12, 8)


class LadderFactory(DjangoModelFactory):
    class Meta:
        model = Ladder


class RungFactory(DjangoModelFactory):
    class Meta:
        model = Rung

    unit = factory.SubFactory(UnitFactory)
    step = "SUPERVISION"
    person = factory.SubFactory(PersonFactory)


class EscalationFactory(DjangoModelFactory):
    class Meta:
        model = Escalation

    assignment = factory.SubFactory(AssignmentFactory)
    step = "SUPERVISION"
    cycle = "1.1.close.1.0"
    since = date(2026, 11, 24)
    due_on = date(2026, 11, 23)
    next_name = "办结"
    late = 1
    unit = factory.LazyAttribute(lambda o: o.assignment.lead_unit)
    at = AT
    event = 1
