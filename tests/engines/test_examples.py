"""Each engine tells in its `__init__` what it answers, with one example; the example runs here."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from gongjian import engines

NAMES = sorted(path.parent.name for path in Path(engines.__path__[0]).glob("*/__init__.py"))


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_an_engine_runs(name):
    module = import_module(f"gongjian.engines.{name}")
    runner = doctest.DocTestRunner(verbose=False)
    examples = 0
    for test in doctest.DocTestFinder(recurse=False).find(module, module.__name__):
        failed, tried = runner.run(test)
        assert failed == 0
        examples += tried
    assert examples


def test_an_engine_s_wrong_answer_is_seen():
    module = import_module("gongjian.engines.workdays")
    source = (module.__doc__ or "").replace("2026-09-24 5", "2026-09-25 5")
    test = doctest.DocTestParser().get_doctest(source, {}, "wrong", None, 0)
    failed, tried = doctest.DocTestRunner(verbose=False).run(test, out=lambda _text: None)
    assert failed == 1 < tried
