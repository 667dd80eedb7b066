"""Queries of the project ledger: what an account may see, and where a project stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongjian.audit.changes import without_field
from gongjian.audit.models import Event
from gongjian.audit.queries import events_of
from gongjian.enterprises.queries import visible_to as visible_firms
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role
from gongjian.projects import rules
from gongjian.projects.models import Project
from gongjian.projects.states import PARTS, Stage

FACTS = (
    *("name", "code", "area", "stat_area", "enterprise", "owner_unit", "kind", "industry", "content"),
    *("first_year", "last_year", "total_investment", "fiscal_funds", "own_funds", "loans", "other_funds"),
    *("year_plan", "batch", "battle", "lead_unit", "leader", "responsible_person", "signed_on"),
    *("approved_on", "start_planned_on", "broke_ground_on", "main_works_on", "completion_planned_on"),
    *("completed_on", "in_production_on", "in_statistics_on", "at_capacity_on"),
)
RELATED = (
    "area",
    "stat_area",
    "enterprise",
    "owner_unit",
    "battle",
    "lead_unit",
    "leader",
    "responsible_person",
)


@dataclass(frozen=True)
class Step:
    """One stage as the page shows it: reached on which day, or what it wants and by when."""

    stage: Stage
    reached: bool
    day: date | None
    by: date | None
    missing: tuple[str, ...]


def visible_to(account: Account) -> QuerySet[Project]:
    """The projects an account sees: those of its areas, and those its unit leads; each tells whether its firm may be opened."""
    seen = within(account.reads_area)
    if account.unit_id:
        seen |= Q(lead_unit=account.unit_id)
    rows = Project.objects.none() if account.role == Role.ENTERPRISE else Project.objects.filter(seen)
    firms = visible_firms(account).filter(pk=OuterRef("enterprise")).order_by()
    return rows.select_related(*RELATED).annotate(firm_seen=Exists(firms))


def search_projects(text: str, *, account: Account, limit: int = 20) -> QuerySet[Project]:
    """The first projects found by name or code, for suggestions while typing."""
    found = Q(name__icontains=text.strip()) | Q(code__icontains=text.strip())
    return visible_to(account).filter(found)[:limit]


def facts_of(project: Project) -> dict[str, Any]:
    """What is written of a project, by field."""
    return {name: getattr(project, name) for name in FACTS}


def stage_of(facts: Mapping[str, Any]) -> Stage:
    """The stage that follows from what is written."""
    return Stage(rules.standing(rules.filled_fields(facts)).reached.key)


def label_of(field: str) -> str:
    """A field as people call it."""
    return str(PARTS[field] if field in PARTS else Project._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def missing_of(facts: Mapping[str, Any]) -> list[str]:
    """What the next stage still wants, as people call it."""
    return [label_of(name) for name in rules.standing(rules.filled_fields(facts)).missing]


def wanted_next(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that the next stage still wants, "owner" and "funds" among them."""
    return rules.standing(rules.filled_fields(facts)).missing


def next_step(project: Project) -> Step | None:
    """The stage that comes next; None at the end."""
    return next((step for step in steps_of(project) if not step.reached), None)


def stage_numbers(rows: QuerySet[Project]) -> list[tuple[Stage, int]]:
    """How many of these projects stand at each stage, those without any left out."""
    counted = dict(rows.order_by().values_list("stage").annotate(number=Count("pk")))
    return [(stage, counted[stage]) for stage in Stage if stage in counted]


def names_firm(project: Project) -> bool:
    """Whether the reader for whom `visible_to` found the project may read the name of its firm."""
    return bool(getattr(project, "firm_seen", False))


def trail_of(project: Project) -> list[Event]:
    """What happened to a project, newest first; the name of a firm the reader may not open is left out."""
    events = list(events_of(project).order_by("-at", "-seq"))
    return events if names_firm(project) else [without_field(event, "enterprise") for event in events]


def steps_of(project: Project) -> list[Step]:
    """All stages of a project in order; those not reached say what they want, the next one first."""
    filled = rules.filled_fields(facts_of(project))
    place, reached = rules.standing(filled).reached, True
    steps = []
    for rule in rules.ladder(filled):
        missing = () if reached else tuple(label_of(name) for name in rule.needs if name not in filled)
        day = getattr(project, rule.day) if rule.day else None
        by = getattr(project, rule.by) if rule.by else None
        steps.append(Step(Stage(rule.key), reached, day, by, missing))
        reached = reached and rule != place
    return steps
