"""A stage follows from its evidence: no other way up, a trail on the way back, the row equal to a replay of its events."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.projects import rules
from gongjian.projects import services as projects
from gongjian.projects.events import ProjectEvent
from gongjian.projects.models import Project
from gongjian.projects.queries import facts_of, stage_of, steps_of, visible_to
from gongjian.projects.states import Stage
from tests import scenes
from tests.factories import AT, TODAY, AccountFactory, ProjectFactory

EVERY_NEED = sorted({need for rule in rules.stages() for need in rule.needs})


@pytest.fixture
def c(db):
    return scenes.city()


def signed(c):
    return {
        "enterprise": c.firm,
        "industry": "装备制造",
        "total_investment": Decimal(32000),
        "signed_on": TODAY - timedelta(days=90),
    }


def approved(c):
    return signed(c) | {
        "code": "2026-410500-34-01-000001",
        "content": "新建厂房两座",
        "lead_unit": c.bureau,
        "approved_on": TODAY - timedelta(days=60),
    }


def registered(c, **facts):
    return projects.register(name="高端阀门园", area=c.county, by=c.clerk, at=AT, **facts)


def test_the_stages_of_the_file_are_those_of_the_choices_and_name_fields_that_exist():
    assert [rule.key for rule in rules.stages()] == list(Stage)
    fields = {field.name for field in Project._meta.get_fields()} | {"owner", "funds"}
    named = {*EVERY_NEED, *(name for rule in rules.stages() for name in (*rule.after, rule.by) if name)}
    assert named <= fields
    assert all(rule.day in rule.needs for rule in rules.stages() if rule.day)


@given(st.sets(st.sampled_from(EVERY_NEED)), st.sampled_from(EVERY_NEED))
def test_no_stage_without_its_evidence_and_more_evidence_never_takes_one_away(filled, one_more):
    at = rules.standing(filled)
    steps = rules.ladder(filled)
    climbed = steps[: steps.index(at.reached) + 1]
    assert all(need in filled for rule in climbed for need in rule.needs)
    assert at.next is None or set(at.missing) == set(at.next.needs) - filled
    assert at.next is None or at.missing
    assert steps.index(rules.standing(filled | {one_more}).reached) >= steps.index(at.reached)


def test_zero_is_known_and_blank_is_not():
    assert {"loans", "funds"} <= rules.filled_fields({"loans": Decimal(0), "own_funds": None})
    assert "funds" not in rules.filled_fields({"loans": None, "code": ""})
    assert "owner" in rules.filled_fields({"owner_unit": object()})


def test_what_a_unit_builds_itself_is_not_signed(c):
    facts = approved(c) | {"enterprise": None, "signed_on": None, "owner_unit": c.bureau}
    assert stage_of(facts) == Stage.APPROVED
    assert stage_of(facts | {"owner_unit": None}) == Stage.PLANNED


def test_a_project_climbs_by_its_evidence_and_each_step_is_told(c):
    project = registered(c)
    assert project.stage == Stage.PLANNED
    project = projects.update(project, by=c.clerk, at=AT, **signed(c))
    assert project.stage == Stage.SIGNED
    project = projects.update(project, by=c.clerk, at=AT, **approved(c))
    assert project.stage == Stage.APPROVED
    nearest = next(step for step in steps_of(project) if not step.reached)
    assert nearest.stage == Stage.STARTED
    assert "实际开工日期" in nearest.missing
    assert [event.name for event in events_of(project).order_by("seq")] == [
        ProjectEvent.REGISTERED,
        *(ProjectEvent.CHANGED, ProjectEvent.STAGE_REACHED) * 2,
    ]


def test_evidence_taken_away_takes_the_stage_back_and_says_what_is_missing(c):
    project = registered(c, **approved(c))
    project = projects.update(project, approved_on=None, by=c.clerk, at=AT)
    assert project.stage == Stage.SIGNED
    lost = events_of(project).order_by("-seq").first()
    assert lost.name == ProjectEvent.STAGE_LOST
    assert lost.data["missing"] == "立项（备案、核准）日期"


def test_nothing_changed_leaves_no_event(c):
    project = registered(c, **signed(c))
    number = events_of(project).count()
    projects.update(project, by=c.clerk, at=AT, **signed(c))
    assert events_of(project).count() == number


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"signed_on": TODAY + timedelta(days=1)}, "signed_on"),
        ({"start_planned_on": date(2206, 1, 1)}, "start_planned_on"),
        ({"first_year": 2027, "last_year": 2026}, "last_year"),
        (
            {"broke_ground_on": TODAY, "completed_on": TODAY - timedelta(days=1)},
            "completed_on",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_field(c, facts, field):
    with pytest.raises(Refused) as refused:
        projects.update(registered(c), by=c.clerk, at=AT, **facts)
    assert refused.value.field == field


def test_a_code_is_registered_once_and_a_project_has_one_owner(c):
    registered(c, code="2026-410500-34-01-000001")
    with pytest.raises(Refused, match="已经登记过"):
        registered(c, code="2026-410500-34-01-000001")
    with pytest.raises(Refused, match="只填一个"):
        registered(c, enterprise=c.firm, owner_unit=c.bureau)


def test_the_office_of_the_area_keeps_it_and_nobody_else(c):
    project = registered(c)
    other = AccountFactory(role="CLERK", reads_area=c.other_county, writes_area=c.other_county)
    for account in (other, c.leader, c.handler):
        with pytest.raises(Refused, match="攻坚办"):
            projects.update(project, industry="化工", by=account, at=AT)
    with pytest.raises(Refused, match="北岭区攻坚办"):
        projects.update(project, area=c.other_county, by=c.county_clerk, at=AT)


def test_who_sees_a_project(c):
    project = ProjectFactory(area=c.county)
    other = AccountFactory(role="CLERK", reads_area=c.other_county, writes_area=c.other_county)
    assert project in visible_to(c.clerk)
    assert project not in visible_to(other)


def replayed(project):
    """The fields of a project as its events alone tell them."""
    held: dict[str, object] = {}
    for event in events_of(project).order_by("seq"):
        held |= {name: pair[1] for name, pair in event.data["values"].items()}
    return held


def test_any_life_keeps_stage_evidence_and_trail_together(c):
    """The row is what its events say, and its stage what its facts say, after every step of many mixed lives."""
    steps = [
        signed(c),
        approved(c),
        {"loans": Decimal(8000), "year_plan": Decimal(5000), "leader": c.leader.person},
        {"responsible_person": c.director, "broke_ground_on": TODAY - timedelta(days=40)},
        {"completion_planned_on": TODAY + timedelta(days=300), "main_works_on": TODAY - timedelta(days=20)},
        {"signed_on": None},
        {"completed_on": TODAY, "signed_on": TODAY - timedelta(days=91)},
        {"loans": None},
    ]
    for turn in range(len(steps)):
        project = registered(c)
        for facts in steps[turn:] + steps[:turn]:
            taken = {name: value for name, value in facts.items() if name != "code"}
            project = projects.update(project, by=c.clerk, at=AT, **taken)
            project.refresh_from_db()
            assert project.stage == stage_of(facts_of(project))
            told = replayed(project)
            assert told.get("stage", Stage.PLANNED) == project.stage
            for name in ("signed_on", "broke_ground_on", "completed_on"):
                day = getattr(project, name)
                assert told.get(name) == (day.isoformat() if day else None)
