"""The chain finds every alteration and names the right link."""

import copy
import hashlib
import random
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils.translation import gettext_lazy as _

from gongjian.audit import models as audit_models
from gongjian.audit.events import EventName, event_sentences, sentence
from gongjian.audit.models import ChainHead, Event
from gongjian.audit.queries import day_head, events_of, search, verify
from gongjian.audit.services import record
from gongjian.engines.hash_chain.chain import GENESIS, digest_of, first_broken
from tests.factories import AT, AccountFactory, PersonFactory

LENGTH = 1000


class TestedEvent(EventName):
    """Events of these tests."""

    __test__ = False
    DONE = "tested.done", _("新增人员%(name)s")


# --- the pure chain: any one of a thousand events altered


def chain(length=LENGTH, algorithm="sha256"):
    links, previous = [], GENESIS
    for seq in range(1, length + 1):
        link = SimpleNamespace(
            seq=seq,
            at=AT + timedelta(minutes=seq),
            by_id=seq % 7 + 1,
            by_name=f"经办{seq % 7}",
            name="tested.done",
            subject_kind="people.person",
            subject_id=seq,
            data={"name": f"张{seq}", "list": [1, {"deep": seq}], "note": None},
            previous=previous,
            algorithm=algorithm,
        )
        link.digest = previous = digest_of(link)
        links.append(link)
    return links


@pytest.fixture(scope="module")
def whole():
    return chain()


def alter(name, change):
    def tamper(links, n):
        links[n] = copy.copy(links[n])
        setattr(links[n], name, change(getattr(links[n], name)))
        return n + 1

    return tamper


def alter_deep(links, n):
    links[n] = copy.deepcopy(links[n])
    links[n].data["list"][1]["deep"] += 1
    return n + 1


def add_key(links, n):
    links[n] = copy.deepcopy(links[n])
    links[n].data["more"] = ""
    return n + 1


def delete(links, n):
    del links[n]
    return n + 1


def insert(links, n):
    links.insert(n, copy.copy(links[n]))
    return n + 2 if n + 2 <= len(links) else n + 1


def swap(links, n):
    other = n + 1 if n + 1 < len(links) else n - 1
    links[n], links[other] = links[other], links[n]
    return min(n, other) + 1


def cut_the_tail(links, n):
    del links[n:]
    return n + 1


def forge(links, n):
    """Altered and sealed anew: its own digest fits, the next link's does not."""
    links[n] = copy.copy(links[n])
    links[n].by_name = "别人"
    links[n].digest = digest_of(links[n])
    return min(n + 2, len(links))


def forge_the_rest(links, n):
    """Altered and every link after it sealed anew: only the head row differs."""
    previous = links[n].previous
    for i in range(n, len(links)):
        links[i] = copy.copy(links[i])
        links[i].by_id = None if i == n else links[i].by_id
        links[i].previous = previous
        links[i].digest = previous = digest_of(links[i])
    return len(links)


TAMPERINGS = {
    "at": alter("at", lambda v: v + timedelta(microseconds=1)),
    "by_id": alter("by_id", lambda v: v + 1),
    "by nobody": alter("by_id", lambda _v: None),
    "by_name": alter("by_name", lambda v: v + " "),
    "name": alter("name", lambda _v: "tested.undone"),
    "subject_kind": alter("subject_kind", lambda _v: "people.unit"),
    "subject_id": alter("subject_id", lambda v: v + 1),
    "data": alter("data", lambda v: v | {"name": "李四"}),
    "data emptied": alter("data", lambda _v: {}),
    "deep in data": alter_deep,
    "a key more": add_key,
    "previous": alter("previous", lambda _v: "f" * 64),
    "digest": alter("digest", lambda _v: "f" * 64),
    "algorithm": alter("algorithm", lambda _v: "md5"),
    "seq": alter("seq", lambda v: v + LENGTH),
    "delete": delete,
    "insert": insert,
    "swap": swap,
    "cut the tail": cut_the_tail,
    "forge": forge,
    "forge the rest": forge_the_rest,
}


def found_at(whole, kind, n):
    links = list(whole)
    expected = TAMPERINGS[kind](links, n)
    broken = first_broken(links, length=LENGTH, head=whole[-1].digest)
    assert broken is not None, (kind, n)
    return broken.seq, expected


def test_any_one_of_a_thousand_events_altered_is_found_and_named(whole):
    dice = random.Random(13710)
    kinds = [kind for kind in TAMPERINGS if kind != "forge the rest"]
    for n in range(LENGTH):
        kind = dice.choice(kinds)
        found, expected = found_at(whole, kind, n)
        if kind == "seq":
            expected = n + 1
        assert found == expected, (kind, n)


@pytest.mark.parametrize("kind", TAMPERINGS)
@pytest.mark.parametrize("n", [0, 1, 499, LENGTH - 2, LENGTH - 1])
def test_every_kind_of_alteration_is_found_at_the_ends_and_in_the_middle(whole, kind, n):
    found, expected = found_at(whole, kind, n)
    assert found == expected


def test_a_whole_chain_holds_and_an_empty_one_too(whole):
    assert first_broken(whole, length=LENGTH, head=whole[-1].digest) is None
    assert first_broken(whole) is None
    assert first_broken([], length=0, head=GENESIS) is None


def test_everything_deleted_is_found_by_the_head(whole):
    assert first_broken([], length=LENGTH, head=whole[-1].digest).seq == 1


def test_the_two_digests_may_follow_each_other():
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this OpenSSL has no SM3")
    links = chain(3)
    tail = copy.copy(links[2])
    tail.algorithm = "sm3"
    tail.digest = digest_of(tail)
    assert tail.digest != links[2].digest
    assert first_broken([*links[:2], tail]) is None


# --- the chain in the database


@pytest.mark.django_db
class TestRecorded:
    """Events as `record` writes them."""

    @pytest.fixture
    def events(self):
        by, person = AccountFactory(name="周敏"), PersonFactory(name="陆川平")
        return [
            record(TestedEvent.DONE, subject=person, by=by, at=AT + timedelta(days=n // 10), name=f"张{n}")
            for n in range(30)
        ]

    def unguarded(self):
        """The attacker with the database file takes the guard away first."""
        with connection.cursor() as cursor:
            audit_models.remove_triggers(connection.vendor, cursor.execute)

    @pytest.mark.usefixtures("events")
    def test_what_was_recorded_verifies(self):
        assert verify() is None
        head = ChainHead.objects.get()
        assert (head.length, head.digest) == (30, Event.objects.get(seq=30).digest)

    def test_a_chain_without_events_verifies(self):
        assert verify() is None

    @pytest.mark.parametrize(
        ("change", "seq"),
        [
            ({"by_name": "别人"}, 17),
            ({"at": AT}, 17),
            ({"data": {"name": "李四"}}, 17),
            ({"subject_id": 999}, 17),
        ],
    )
    @pytest.mark.usefixtures("events")
    def test_an_event_altered_in_the_file_is_named(self, change, seq):
        self.unguarded()
        Event.objects.filter(seq=seq).update(**change)
        broken = verify()
        assert broken.seq == seq
        assert "改动" in broken.why

    @pytest.mark.usefixtures("events")
    def test_deleted_events_are_named(self):
        self.unguarded()
        Event.objects.filter(seq=5).delete()
        assert verify().seq == 5
        Event.objects.filter(seq__gte=5).delete()
        assert verify().seq == 5

    @pytest.mark.usefixtures("events")
    def test_a_head_set_back_with_the_tail_is_shown_by_the_signed_sheet(self):
        """Whoever can rewrite file and head leaves a whole chain; the day's head on paper tells."""
        signed = day_head(AT.date() + timedelta(days=2))
        self.unguarded()
        Event.objects.filter(seq__gt=25).delete()
        ChainHead.objects.update(length=25, digest=Event.objects.get(seq=25).digest)
        assert verify() is None
        now = day_head(AT.date() + timedelta(days=2))
        assert (now.length, now.digest) != (signed.length, signed.digest)

    def test_the_head_of_a_day_is_the_last_link_written_up_to_it(self, events):
        first = AT.date()
        assert day_head(first - timedelta(days=1)) is None
        assert day_head(first).length == 10
        assert day_head(first).written == 10
        assert day_head(first).digest == events[9].digest
        later = day_head(first + timedelta(days=9))
        assert (later.length, later.written) == (30, 0)

    @pytest.mark.usefixtures("events")
    def test_sm3_when_the_instance_asks_for_it(self, settings):
        if "sm3" not in hashlib.algorithms_available:
            pytest.skip("this OpenSSL has no SM3")
        settings.CHAIN_ALGORITHM = "sm3"
        made = record(TestedEvent.DONE, subject=PersonFactory(), by=None, at=AT, name="张三")
        assert made.algorithm == "sm3"
        assert verify() is None

    def test_the_system_acts_under_its_own_name(self):
        made = record(TestedEvent.DONE, subject=PersonFactory(), by=None, at=AT, name="张三")
        assert (made.by_id, made.by_name) == (None, "系统")

    @pytest.mark.usefixtures("events")
    def test_events_of_some_records_only(self):
        other = PersonFactory()
        record(TestedEvent.DONE, subject=other, by=None, at=AT, name="温以宁")
        assert [event.seq for event in events_of(other)] == [31]
        assert list(events_of()) == []

    @pytest.mark.usefixtures("events")
    def test_search_narrows_by_each_condition(self):
        other = PersonFactory()
        record(TestedEvent.DONE, subject=other, by=None, at=AT + timedelta(days=40), name="温以宁")
        assert [e.seq for e in search()][:2] == [31, 30]
        assert search(by_name="周").count() == 30
        assert search(name="tested.done").count() == 31
        assert search(name="no.such").count() == 0
        assert search(kind="people.person", subject_id=other.pk).count() == 1
        assert search(kind="people.unit").count() == 0
        day = AT.date() + timedelta(days=1)
        assert search(first=day, last=day).count() == 10
        assert search(last=day).count() == 20
        assert search(first=date(2027, 1, 1)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        record(TestedEvent.DONE, subject=PersonFactory(), by=None, at=AT, name="张三")
    assert not Event.objects.exists()


# --- sentences


def test_an_event_speaks_in_a_sentence():
    assert sentence("tested.done", {"name": "陆川平"}) == "新增人员陆川平"


@pytest.mark.parametrize("data", [{}, {"name": ""}, {"name": None}])
def test_what_is_not_known_is_a_dash(data):
    assert sentence("tested.done", data) == "新增人员—"


def test_a_name_no_longer_known_is_shown_as_it_stands():
    assert sentence("gone.for_ever", {}) == "gone.for_ever"


def test_known_names_leave_their_places_open():
    assert event_sentences()["tested.done"] == "新增人员…"
