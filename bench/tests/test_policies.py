"""The workload of the policy benchmark is the same every time, and its contenders answer alike."""

import shutil
from dataclasses import replace

import pytest

from bench.policies.contenders import duck, kernel, ours
from bench.policies.firms import firms
from bench.policies.forms import condition, distinct, leaves
from bench.policies.race import RaceResult
from bench.policies.task import VARIANTS, Task, differing
from bench.policies.workload import attributes, rules


@pytest.fixture(scope="module")
def task(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    firms(1920).write_parquet(folder / "firms.parquet")
    return Task(folder / "firms.parquet", rules(20), folder)


def test_the_workload_has_the_size_it_claims():
    assert len(attributes()) == 46
    made = rules()
    assert 1600 <= sum(len(leaves(condition(rule))) for rule in made) <= 1800
    assert 145 <= len(distinct(made)) <= 165
    assert len(distinct(VARIANTS["individual"].rules())) > 400
    assert made == rules()


def test_an_eighth_of_the_values_is_missing():
    frame = firms(2000).drop("id")
    open_columns = [a.english for a in attributes() if not a.complete]
    missing = frame.select(open_columns).null_count().sum_horizontal().item() / (2000 * len(open_columns))
    assert missing == pytest.approx(0.12, abs=0.01)


def test_both_forms_of_sql_answer_alike(task):
    each, nested = duck.each(task), duck.nested(task)
    answers = each.answers(each.run())
    assert differing(answers, nested.answers(nested.run())) == 0
    assert any(met for met, *_ in answers)
    assert any(undecided for _, undecided, *_ in answers)


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler: apt-get install gcc")
def test_the_kernel_answers_like_sql(task):
    each, compiled = duck.each(task), kernel.kernel(task)
    assert differing(each.answers(each.run()), compiled.answers(compiled.run())) == 0


@pytest.mark.parametrize("variant", ["shared", "individual"])
def test_ours_answers_like_sql_that_pays_each_firm_to_the_cent(task, variant):
    asked = replace(task, rules=VARIANTS[variant].rules()[:40])
    reference, own = duck.reference(asked), ours.match(asked)
    answers = [list(answer) for answer in own.answers(own.run())]
    told = {"seconds": [1.0], "peak": 0.1, "load": 0.1, "note": "", "answers": answers, "extra": {}}
    wanted = reference.answers(reference.run())
    result = RaceResult("ours")
    result.add_round(told, wanted)
    assert result.differences == 0
    plain = duck.each(asked)
    assert differing(wanted[: len(wanted) // 2], plain.answers(plain.run())) == 0
    n = next(i for i, answer in enumerate(answers) if 0 < answer[2] < 1e7)
    answers[n][2] += 0.02  # one firm paid two cents too much
    result.add_round(told, wanted)
    assert result.differences == 1


def test_a_cent_a_firm_is_no_difference_only_where_it_is_paid_so(task):
    asked = replace(task, rules=VARIANTS["individual"].rules()[:60])
    found = duck.reference(asked).answers(duck.reference(asked).run())
    plain, paid = found[:60], found[60:]
    assert differing(plain, paid) > 0
    for one, other in zip(plain, paid, strict=True):
        assert abs(one[2] - other[2]) <= 0.005 * one[0] + 1e-6


def test_a_difference_is_counted():
    assert differing([(1, 2, 10.0, 0)], [(1, 3, 10.0, 0)]) == 1
    assert differing([(1, 2, 10.0, 0)], [(1, 2, 10.1, 0)]) == 1
    assert differing([(1, 2, 10.0, 0)], []) == 1
