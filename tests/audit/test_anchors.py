"""Heads of the chain in a second place: one file a day, written once, each compared with the chain."""

from datetime import timedelta

import pytest
from django.db import connection

from gongjian.audit.queries import day_head
from gongjian.audit.tampering.anchors import FURTHEST, anchors, differing_heads, put_out
from gongjian.cli.checks.folder import anchored
from gongjian.cli.main import main
from gongjian.cli.tick import _once
from gongjian.people.accounts.services import set_active
from tests import scenes
from tests.factories import AT, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world():
    made = scenes.ledger(AT)
    set_active(made.city.handler, active=False, by=made.city.administrator, at=AT + DAY)
    return made


@pytest.fixture
def place(tmp_path, settings):
    settings.ANCHOR = str(tmp_path)
    return tmp_path


def verified(capsys):
    code = main(["verify"])
    return code, capsys.readouterr().out


@pytest.mark.usefixtures("world")
def test_each_whole_day_is_put_out_once_and_days_out_of_reach_are_made_up_for(place):
    assert put_out(place, today=TODAY + DAY) == [TODAY]
    assert put_out(place, today=TODAY + DAY) == []
    assert put_out(place, today=TODAY + 4 * DAY) == [TODAY + n * DAY for n in (1, 2, 3)]
    assert [(one.length, one.digest) for one in anchors(place)[:2]] == [
        (head.length, head.digest) for head in (day_head(TODAY), day_head(TODAY + DAY))
    ]
    assert len(put_out(place, today=TODAY + 400 * DAY)) == FURTHEST.days
    assert list(differing_heads(place)) == []


@pytest.mark.usefixtures("world")
def test_what_lies_there_is_never_written_over(place):
    (place / f"head-{TODAY}.txt").write_text("1:else\n")
    put_out(place, today=TODAY + 2 * DAY)
    assert (place / f"head-{TODAY}.txt").read_text() == "1:else\n"
    assert [one.day for one in differing_heads(place)] == [TODAY]


def test_a_chain_rewritten_as_a_whole_is_found(world, place, capsys):
    put_out(place, today=TODAY + 2 * DAY)
    assert verified(capsys)[0] == 0
    sqlite = connection.vendor == "sqlite"
    guard = "audit_event_no_update" if sqlite else "audit_event_append_only ON audit_event"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {guard}")
        cursor.execute("UPDATE audit_event SET digest = 'f' || substr(digest, 2) WHERE seq >= 3")
    code, told = verified(capsys)
    assert code == 1
    assert f"另存的链头有 1 个不在现在的链里（{TODAY + DAY} 至 {TODAY + DAY}）" in told


@pytest.mark.parametrize("text", ["", "x:y", "12", "\ufeff1:2", "²:a"])
@pytest.mark.usefixtures("world")
def test_a_file_that_cannot_be_read_differs(place, text):
    (place / f"head-{TODAY}.txt").write_text(text, encoding="utf-8")
    (place / "note.txt").write_text("of somebody else")
    assert [one.day for one in differing_heads(place)] == [TODAY]


@pytest.mark.usefixtures("world")
def test_a_place_out_of_reach_is_told_and_stops_nothing(place, settings, capsys, caplog):
    settings.ANCHOR = str(place / "share")
    _once(clock_is_right=True)
    assert "链头没有存到" in caplog.text
    assert anchored(AT).level.name == "FAULT"
    code, told = verified(capsys)
    assert (code, "读不到另存的链头" in told) == (1, True)


@pytest.mark.usefixtures("world")
def test_the_doctor_tells_how_far_they_are(place):
    assert anchored(AT).level.name == "WARNING"
    put_out(place, today=TODAY + DAY)
    assert anchored(AT).level.name == "OK"
    assert anchored(AT + 9 * DAY).level.name == "WARNING"
