"""A clock that leapt is noticed before the routine work tells anybody anything."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from gongjian.attachments.services import accept_file
from gongjian.audit import Refused
from gongjian.cli import last_tick, tick
from gongjian.notices.models import Notice
from gongjian.problems import services as problems
from tests import scenes
from tests.factories import AT, EventFactory


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("days", "word"), [(365, "走快了"), (41, "走快了"), (-1, "早于"), (-400, "早于"), (40, ""), (0.1, "")]
)
def test_a_leap_since_the_last_run(db, home, days, word):
    last_tick.remember(home, AT)
    now = AT + timedelta(days=days)
    if not word:
        last_tick.refuse_leap(home, now)
        return
    with pytest.raises(Refused) as refused:
        last_tick.refuse_leap(home, now)
    assert word in refused.value.sentence
    assert "--clock-is-right" in refused.value.sentence


@pytest.mark.parametrize("kept", [None, "", "yesterday", "2026-11-24T09:00:00", "2026-13-45T00:00:00+08:00"])
def test_without_a_last_run_the_last_event_counts(db, home, kept):
    if kept is not None:
        (home / last_tick.FILE).write_text(kept)
    last_tick.refuse_leap(home, AT)  # a new instance has no event yet
    EventFactory(at=AT)
    last_tick.refuse_leap(home, AT + timedelta(days=2))
    with pytest.raises(Refused):
        last_tick.refuse_leap(home, AT + timedelta(days=300))


def test_a_clock_a_year_ahead_tells_nobody_although_people_go_on_working(db, home):
    made = scenes.ledger(AT)
    with time_machine.travel(AT, tick=False):
        tick._once()
    told = Notice.objects.count()
    with time_machine.travel(AT + timedelta(days=365), tick=False):
        file = accept_file("函.pdf", b"%PDF-1.7")
        problems.attach(made.owed, [file], by=made.city.clerk, at=timezone.now())  # under the wrong clock
        for _again in range(2):
            with pytest.raises(Refused):
                tick._once()
        assert Notice.objects.count() == told
        tick._once(clock_is_right=True)
        tick._once()
    assert datetime.fromisoformat((home / last_tick.FILE).read_text()) == AT + timedelta(days=365)
    assert Notice.objects.count() > told
