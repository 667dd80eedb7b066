"""Many rows by few statements leave exactly what `bulk_create` leaves, and many events the chain that one after another leaves."""

import pytest

from gongjian.assignments.models import Assignment
from gongjian.audit import creating_together
from gongjian.audit.creating_together import create_together
from gongjian.audit.models import Event
from gongjian.audit.queries import verify
from gongjian.audit.services import WhatHappened, record_together
from gongjian.engines.writing.folding import fold_name
from gongjian.imports.models import ImportBatch, ImportedRecord
from gongjian.people.events import PeopleEvent
from gongjian.problems.models import FirmWord, Problem
from gongjian.problems.search.queries import rows_of
from tests import scenes
from tests.factories import AT, AccountFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    return scenes.ledger(AT)


def copies(model):
    """Unsaved copies of the rows of a model, each twice."""
    names = [field.attname for field in model._meta.local_concrete_fields if not field.primary_key]
    rows = list(model.objects.order_by("pk").values(*names)[:12])
    return names, [model(**row) for row in rows for _twice in range(2)]


@pytest.mark.parametrize("model", [Assignment, Problem, FirmWord])
@pytest.mark.parametrize("values", [100, 10_000])
def test_every_column_stands_as_bulk_create_writes_it(stored, model, values, monkeypatch):
    monkeypatch.setattr(creating_together, "VALUES", values)
    (names, made), (_names, others) = copies(model), copies(model)
    keys = [row.pk for row in create_together(made)]
    twins = [row.pk for row in model.objects.bulk_create(others)]
    assert keys == sorted(set(keys))
    assert not any(row._state.adding for row in made)
    stands, should = (
        list(model.objects.filter(pk__in=pks).order_by("pk").values_list(*names)) for pks in (keys, twins)
    )
    assert stands == should
    assert stands


def test_values_that_only_their_field_can_write(stored):
    batch = ImportBatch.objects.create(
        kind="PROBLEMS",
        file=b"\0x",
        digest="0" * 64,
        area=stored.city.county,
        uploaded_by=stored.city.clerk,
        uploaded_at=AT,
    )
    said = [{}, {"名": ["甲", None, 1.5, True]}, {"日": "2026-01-28"}]
    create_together(
        [
            ImportedRecord(
                batch=batch, row=n, subject_kind="people.unit", subject_id=n, created=not n, before=before
            )
            for n, before in enumerate(said)
        ]
    )
    kept = batch.records.values_list("row", "created", "before", "after", "sheet")
    assert list(kept) == [(n, not n, before, {}, "") for n, before in enumerate(said)]
    assert create_together([]) == []


def test_the_chain_holds_over_events_recorded_together():
    by, people = AccountFactory(), PersonFactory.create_batch(40)
    told = [
        WhatHappened(PeopleEvent.PERSON_ADDED, person, {"name": person.name, "n": n})
        for n, person in enumerate(people)
    ]
    record_together(told, by=by, at=AT)
    assert verify() is None
    last = Event.objects.filter(name=PeopleEvent.PERSON_ADDED.value).order_by("-seq")[:40]
    assert [(e.subject_id, e.data["n"], e.at, e.by_id, e.by_name) for e in reversed(last)] == [
        (person.pk, n, AT, by.pk, str(by)) for n, person in enumerate(people)
    ]


def test_search_rows_hold_what_each_record_is_called(stored):
    each = Problem.objects.select_related("enterprise", "assignment__lead_unit").order_by("pk")
    rows = dict(rows_of(each))
    assert list(rows) == [problem.pk for problem in each]
    for problem in each:
        lines = rows[problem.pk].content.split("\n")
        task = problem.assignment
        names = [problem.number, problem.text, problem.enterprise.name]
        names += [task.number, task.task, task.lead_unit.name] if task else []
        assert {fold_name(name) for name in names} <= set(lines)
    assert len(each) > 3
