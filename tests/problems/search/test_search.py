"""Search finds what contains the words, nothing else, and follows every change."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.assignments.states import Light
from gongjian.engines.writing.folding import fold_name
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.problems.queries import by_light, by_status, counts, search, sort
from gongjian.problems.search.queries import rows_of
from tests.factories import AT
from tests.problems.doing import hand_over

TEXTS = ("续贷缺手续", "缺工三十人", "用地 手续", "电价100%偏高", "设备_A\\B型", "ABC贷款")


@pytest.fixture
def ledger(c):
    return [problems.record(enterprise=c.firm, text=text, by=c.clerk, at=AT) for text in TEXTS]


def hits(text):
    return {row.text for row in search(Problem.objects.all(), text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("手续", {"续贷缺手续", "用地 手续"}),
        ("缺", {"续贷缺手续", "缺工三十人"}),
        ("缺 手续", {"续贷缺手续"}),
        ("用地手续", {"用地 手续"}),
        ("１００％", {"电价100%偏高"}),
        ("%", {"电价100%偏高"}),
        ("_a\\b", {"设备_A\\B型"}),
        ("abc", {"ABC贷款"}),
        ("恒岳", set(TEXTS)),
        ("没有的", set()),
        ("", set(TEXTS)),
        ('" OR 1', set()),
    ],
)
def test_finds_the_words_wherever_they_stand(ledger, text, expected):
    assert hits(text) == expected


def test_finds_by_number_unit_person_and_task_once_handed_over(c, ledger):
    assert hits("市金融局") == set()
    hand_over(c, ledger[0])
    for text in (ledger[0].number, "金融工作局", "陆川平", "协调续贷"):
        assert hits(text) == {"续贷缺手续"}, text


def test_follows_a_correction(c, ledger):
    problems.update(ledger[1], text="住宿紧张", by=c.clerk, at=AT)
    assert hits("缺工") == set()
    assert hits("住宿") == {"住宿紧张"}


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet="缺工续贷手用地%_\\'\"*- aA1", max_size=6))
def test_never_fails_and_finds_exactly_what_contains_it(ledger, text):
    words = [fold_name(word) for word in text.split()]
    expected = {
        pk for pk, row in rows_of(Problem.objects.all()) if all(word in row.content for word in words)
    }
    assert {row.pk for row in search(Problem.objects.all(), text)} == expected


def test_filters_by_status_and_light_and_counts(c, ledger, today):
    hand_over(c, ledger[0])
    problems.answer_on_the_spot(ledger[1], answer="好", by=c.clerk, at=AT)
    rows = Problem.objects.all()
    assert by_status(rows, ["ASSIGNED"]).get() == ledger[0]
    assert by_status(rows, ["ANSWERED"]).get() == ledger[1]
    assert by_status(rows, ["NEW"]).count() == 4
    assert by_status(rows, ["NEW", "ANSWERED", "ASSIGNED"]).count() == 6
    assert by_light(rows, ["GREEN"], today).get() == ledger[0]
    numbers = counts(rows, today=today)
    assert (numbers.new, numbers.lights[Light.GREEN], numbers.total) == (4, 1, 6)
    nothing = counts(rows.none(), today=today)
    assert (nothing.new, nothing.total, set(nothing.lights.values())) == (0, 0, {0})


def test_sorts(c, ledger):
    hand_over(c, ledger[2], due=date(2026, 12, 30))
    hand_over(c, ledger[0], lead_unit=c.other_bureau, responsible_person=c.other_director)
    rows = Problem.objects.all()
    assert list(sort(rows, "due")) == [ledger[0], ledger[2]]
    assert list(sort(rows, "anything")) == ledger[::-1]
    for key in ("area", "unit"):
        assert len(sort(rows, key)) == len(ledger)
