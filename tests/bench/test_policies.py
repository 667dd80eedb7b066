"""The workload of the policy benchmark is the same every time, and its contenders answer alike."""

import shutil

import pytest

from bench.policies.contenders import duck, kernel, ours
from bench.policies.firms import firms
from bench.policies.forms import condition, distinct, leaves
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


def test_ours_answers_like_sql(task):
    each, own = duck.each(task), ours.match(task)
    outcome = own.run()
    assert differing(each.answers(each.run()), own.answers(outcome)) == 0


def test_a_difference_is_counted():
    assert differing([(1, 2, 10.0, 0)], [(1, 3, 10.0, 0)]) == 1
    assert differing([(1, 2, 10.0, 0)], [(1, 2, 10.1, 0)]) == 1
    assert differing([(1, 2, 10.0, 0)], []) == 1
