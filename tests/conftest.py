"""Fixtures every test may use."""

import gc
from collections import Counter
from contextlib import contextmanager, nullcontext
from datetime import date, datetime

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import translation

from gongjian.audit import models as audit_models
from gongjian.policies.verdicts import results_in_memory
from hatch_build import compile_catalogues
from tests import migrated
from tests.factories import AT, TODAY

WITH_A_CLOCK_OF_ITS_OWN = ("browser", "real_clock")
LONG = 30  # seconds from which a test goes untraced
PAGES = ("tests/web/", "tests/days/")  # where the cases of a test walk much the same lines
ONE_CASE_IN = 8  # of those cases, how many make one that is traced for coverage
SELDOM = 20_000  # new objects between two looks of the collector
UNTRACED = pytest.StashKey[bool]()


def pytest_configure():
    """Pages in English read the compiled texts: a change of the catalogue is tried without installing the package anew."""
    compile_catalogues()


def pytest_collection_finish():
    """What is loaded by now stays: the collector of rubbish need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)


def pytest_make_parametrize_id(val, argname):
    """A file made for a test has the moment it was made inside: as the name of a case it would differ between workers."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items):
    """What takes longest starts first: no worker idles while another is still at it.

    Tracing doubles the time of a test. What takes long or runs in a browser goes untraced, and so do most cases of a test
    of pages: the lines they walk are those of quick tests, and of the cases that are traced.
    """
    items.sort(key=lambda item: -_seconds(item))
    cases: Counter[str] = Counter()
    for item in sorted(items, key=lambda item: item.nodeid):
        test = item.nodeid.partition("[")[0]
        untraced = any(item.get_closest_marker(name) for name in ("untraced", *WITH_A_CLOCK_OF_ITS_OWN))
        one_of_many = test.startswith(PAGES) and cases[test] % ONE_CASE_IN > 0
        long_walk = test.startswith(PAGES) and _seconds(item) > 0
        item.stash[UNTRACED] = untraced or one_of_many or long_walk or _seconds(item) >= LONG
        cases[test] += 1


def _seconds(item):
    """About how long a slow test takes, as its mark says."""
    slow = item.get_closest_marker("slow")
    return 0 if slow is None else next(iter(slow.args), 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """The clock of the process starts at the suite's moment, or at the one a test is marked with, fixtures included.

    A browser and another process read the machine's clock: what shares a moment with them keeps to it as well.
    """
    with _tracing_paused(item), _clock_of(item):
        return (yield)


def _clock_of(item):
    if any(item.get_closest_marker(name) for name in WITH_A_CLOCK_OF_ITS_OWN):
        return nullcontext()
    chosen = item.get_closest_marker("clock")
    return time_machine.travel(chosen.args[0] if chosen else AT, tick=True)


@contextmanager
def _tracing_paused(item):
    """No line is counted for an untraced test, its fixtures included."""
    coverage = item.config.pluginmanager.get_plugin("_cov")
    if coverage is None or coverage.cov_controller is None or not item.stash[UNTRACED]:
        yield
        return
    coverage.cov_controller.pause()
    try:
        yield
    finally:
        coverage.cov_controller.resume()


@pytest.fixture
def today() -> date:
    """The day tests happen on: an ordinary Tuesday."""
    return TODAY


@pytest.fixture
def at() -> datetime:
    """A moment of that day."""
    return AT


@pytest.fixture(autouse=True)
def _chinese():
    """A page asked for in English leaves its language on the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _no_boards():
    """Verdicts kept in memory are those of another test's firms."""
    yield
    results_in_memory.forget()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The database of a worker begins as a copy of one that is migrated: Django finds nothing left to do."""
    if connection.vendor != "sqlite":
        yield
        return
    with migrated.in_memory(connection.creation._get_test_db_name()):  # type: ignore[attr-defined]  # Django's, not in its stubs
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptying_passes_the_guard():
    """Tests with transactions of their own empty all tables afterwards, that of the search as well.

    The guard of the events steps aside for that.
    """
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def execute_sql_flush(self, statements):
        with self.connection.cursor() as cursor:
            audit_models.remove_triggers(self.connection.vendor, cursor.execute)
            flush(self, statements)
            cursor.execute("DELETE FROM problem_search")  # no model owns it
            audit_models.install_triggers(self.connection.vendor, cursor.execute)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", execute_sql_flush)
        yield
