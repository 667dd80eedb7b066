"""The database itself refuses to change or delete an event."""

import pytest
from django.db import DatabaseError, connection, transaction

from gongjian.audit import models as audit_models
from gongjian.audit.models import Event
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guarded():
    with connection.cursor() as cursor:
        audit_models.install_triggers(connection.vendor, cursor.execute)
        audit_models.install_triggers(connection.vendor, cursor.execute)


def test_the_migrations_put_the_guard_in_place():
    EventFactory(seq=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(by_name="别人")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET by_name = 'x'",
        "UPDATE audit_event SET digest = 'x' WHERE seq = 1",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE seq = 1",
    ],
)
def test_an_event_is_neither_changed_nor_deleted(guarded, sql):
    EventFactory(seq=1)
    with (
        pytest.raises(DatabaseError, match=audit_models.WHY),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Event.objects.get(seq=1).by_name == "测试"


def test_an_event_is_not_replaced_either(guarded):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is a word of SQLite")
    EventFactory(seq=1)
    with (
        pytest.raises(DatabaseError, match=audit_models.WHY),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1")


def test_a_table_is_not_emptied_at_one_stroke(guarded):
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is a word of PostgreSQL")
    with (
        pytest.raises(DatabaseError, match=audit_models.WHY),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_event CASCADE")


def test_events_are_added_as_ever(guarded):
    EventFactory(seq=1)
    EventFactory(seq=2)
    assert Event.objects.count() == 2


def test_without_the_guard_the_door_is_open(guarded):
    """The guard is what refuses, nothing else: whoever may drop it gets through, and only the chain tells."""
    EventFactory(seq=1)
    with connection.cursor() as cursor:
        audit_models.remove_triggers(connection.vendor, cursor.execute)
        audit_models.remove_triggers(connection.vendor, cursor.execute)
    Event.objects.update(by_name="别人")
    assert Event.objects.get(seq=1).by_name == "别人"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_suite_may_empty_its_tables_between_tests(turn):
    """The second turn finds what the first one wrote emptied, and the guard back."""
    EventFactory(seq=1)
    with pytest.raises(DatabaseError, match=audit_models.WHY), transaction.atomic():
        Event.objects.update(by_name="别人")
