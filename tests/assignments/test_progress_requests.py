"""Progress asked of units is counted, and not asked again while it is fresh."""

from datetime import timedelta

import pytest

from gongjian.assignments import services as s
from gongjian.assignments.models import Regime
from gongjian.audit import Refused
from gongjian.enterprises.models import Asking
from tests import scenes
from tests.assignments.doing import AT, do, handed_over


@pytest.fixture
def c(db):
    return scenes.city()


def asked():
    return [
        (one.kind, one.unit.name, one.asked_by, one.questions, one.minutes)
        for one in Asking.objects.order_by("pk")
    ]


def test_a_rule_that_demands_a_report_is_counted_for_the_unit(c):
    handed_over(c)
    assert asked() == [("REPORT", c.bureau.name, c.office.name, 1, 20)]
    handed_over(c, due=AT.date() + timedelta(9), regime=None)
    assert len(asked()) == 1


def test_each_repeated_report_is_another_and_the_office_asks_for_it(c):
    s.load_regimes(by=None, at=AT)
    Regime.objects.update(in_library=False)
    regime = next(
        one
        for one in Regime.objects.all()
        if any(step.get("repeat") for g in one.grades for step in g["checkpoints"])
    )
    grade = next(g for g in regime.grades if any(step.get("repeat") for step in g["checkpoints"]))
    a = do(c, handed_over(c, regime=regime, grade=grade["key"]), "accept", by=c.handler)
    before = sum(one.questions for one in Asking.objects.all())
    repeats = [step for step in grade["checkpoints"] if step["met_by"] == "report"]
    for n in range(len(repeats)):
        a = s.report(a, text="有进展", by=c.handler, at=AT + timedelta(days=n))
    assert sum(one.questions for one in Asking.objects.all()) > before
    assert {one.asked_by for one in Asking.objects.all()} == {c.office.name}


def test_a_fresh_report_is_not_asked_for_without_a_word_of_why(c):
    a = do(c, handed_over(c), "accept", by=c.handler)
    a = s.report(a, text="已与银行对接", by=c.handler, at=AT)
    with pytest.raises(Refused, match=r"刚反馈过进展：已与银行对接.*写明要问什么") as refused:
        s.remind(a, by=c.clerk, at=AT + timedelta(hours=5))
    assert refused.value.field == "text"
    s.remind(a, text="请说明放款日期", by=c.clerk, at=AT + timedelta(hours=5))
    s.remind(a, by=c.clerk, at=AT + timedelta(days=3))
    s.remind(a, by=c.clerk, at=AT + timedelta(days=30))
