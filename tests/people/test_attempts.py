"""Tries are counted in the database: shared by processes, begun anew in time, swept when they no longer count."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from gongjian.people.attempts import services as attempts
from gongjian.people.attempts.limits import LIMITS
from gongjian.people.models import AttemptCount
from gongjian.people.states import Guard
from tests.factories import AT, AttemptCountFactory

BROWSER = {Guard.WORD_BROWSER: "b1"}
MOST, WITHIN = LIMITS[Guard.WORD_BROWSER].most, LIMITS[Guard.WORD_BROWSER].within


def tried(n, key="b1", at=AT):
    return [attempts.count(Guard.WORD_BROWSER, key, at=at) for _n in range(n)]


def test_every_guard_has_its_limit():
    assert set(LIMITS) == set(Guard)


@pytest.mark.django_db
def test_tries_are_counted_by_key_until_they_are_used_up():
    assert tried(MOST - 1) == list(range(1, MOST))
    assert not attempts.used_up(BROWSER, at=AT)
    assert tried(1) == [MOST]
    assert attempts.used_up(BROWSER, at=AT)
    assert not attempts.used_up({Guard.WORD_BROWSER: "b2"}, at=AT)
    assert not attempts.used_up({Guard.WORD_CODE: "b1"}, at=AT)
    assert attempts.used_up({Guard.WORD_CODE: "b1"} | BROWSER, at=AT)
    assert not attempts.used_up({}, at=AT)


@pytest.mark.django_db
def test_the_count_begins_anew_when_the_time_is_over_or_after_a_right_one():
    tried(MOST)
    assert attempts.used_up(BROWSER, at=AT + WITHIN - timedelta(seconds=1))
    assert not attempts.used_up(BROWSER, at=AT + WITHIN)
    assert tried(2, at=AT + WITHIN) == [1, 2]
    assert attempts.seconds_left(Guard.WORD_BROWSER, "b1", at=AT + WITHIN + timedelta(seconds=30)) == 570
    attempts.forget(Guard.WORD_BROWSER, "b1")
    assert tried(1, at=AT + WITHIN) == [1]
    assert attempts.seconds_left(Guard.WORD_BROWSER, "never", at=AT) == 1


@pytest.mark.django_db
def test_neither_codes_nor_addresses_can_be_read_from_the_table():
    attempts.count_all({Guard.WORD_CODE: "AB2C", Guard.WORD_ADDRESS: "10.0.0.7"}, at=AT)
    assert not [row for row in AttemptCount.objects.all() if "AB2C" in row.key or "10.0" in row.key]


@pytest.mark.django_db
def test_what_no_longer_counts_is_swept():
    AttemptCountFactory(started_at=AT - WITHIN)
    AttemptCountFactory(guard=Guard.SIGN_IN_ADDRESS, started_at=AT - WITHIN)  # counts for half an hour
    assert attempts.sweep(at=AT) == 1
    assert str(AttemptCount.objects.get()) == "登录失败的地址 1"


@pytest.mark.django_db(transaction=True)
def test_two_connections_share_one_count():
    """As two processes do: nothing is kept in memory."""
    seen = []

    def elsewhere():
        seen.extend(tried(MOST - 1))
        connection.close()

    other = Thread(target=elsewhere)
    other.start()
    other.join()
    assert seen == list(range(1, MOST))
    assert tried(1) == [MOST]
    assert attempts.used_up(BROWSER, at=AT)
