"""A scene that is written again is the scene that was built: the same rows in every table, the same records in hand."""

from dataclasses import fields, is_dataclass

import pytest
from django.db import connection, models, transaction

from tests import kept_scenes, scenes
from tests.factories import AT, AreaFactory
from tests.slow_work import counted_from_here

BY_CHANCE = {"people_session", "django_session", "sqlite_sequence"}


def rows_of_every_table():
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = cursor.fetchall()
        cursor.execute("SELECT rowid, * FROM problem_search ORDER BY rowid")
        return found | {"search": cursor.fetchall()}


def keys_in_hand(scene):
    values = {field.name: getattr(scene, field.name) for field in fields(scene)}
    return {
        name: keys_in_hand(value)
        if is_dataclass(value)
        else (value.pk if isinstance(value, models.Model) else value)
        for name, value in values.items()
    }


def taken_back(build):
    """What a scene wrote and what it gave, in a transaction that is taken back."""
    with transaction.atomic(), counted_from_here():
        made = keys_in_hand(build())
        rows = rows_of_every_table()
        transaction.set_rollback(True)
    return made, rows


@pytest.mark.skipif(connection.vendor != "sqlite", reason="scenes are kept on SQLite only")
@pytest.mark.parametrize("build", [scenes.city, lambda: scenes.ledger(AT)])
def test_a_scene_written_again_is_the_scene_that_was_built(db, monkeypatch, build):
    monkeypatch.setattr(kept_scenes, "_kept", {})
    first = taken_back(build)
    assert kept_scenes._kept
    assert taken_back(build) == first
    AreaFactory()
    other, _rows = taken_back(build)
    assert other != first[0]  # another beginning, another scene
