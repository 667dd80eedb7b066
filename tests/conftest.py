"""Fixtures every test may use."""

from datetime import date, datetime

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import translation

from gongjian.audit import models as audit_models
from gongjian.policies.verdicts import results_in_memory
from hatch_build import compile_catalogues
from tests.factories import AT, TODAY

WITH_A_CLOCK_OF_ITS_OWN = ("browser", "real_clock")


def pytest_configure():
    """Pages in English read the compiled texts: a change of the catalogue is tried without installing the package anew."""
    compile_catalogues()


def pytest_collection_modifyitems(items):
    """What takes longest starts first: no worker idles while another is still at it.

    It goes untraced: tracing doubles its time, and the lines it walks are those of quick tests.
    """
    items.sort(key=lambda item: -_seconds(item))
    for item in items:
        if _seconds(item) or any(item.get_closest_marker(name) for name in WITH_A_CLOCK_OF_ITS_OWN):
            item.add_marker("no_cover")


def _seconds(item):
    """About how long a slow test takes, as its mark says."""
    slow = item.get_closest_marker("slow")
    return 0 if slow is None else next(iter(slow.args), 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """The clock of the process starts at the suite's moment, or at the one a test is marked with, fixtures included.

    A browser and another process read the machine's clock: what shares a moment with them keeps to it as well.
    """
    if any(item.get_closest_marker(name) for name in WITH_A_CLOCK_OF_ITS_OWN):
        return (yield)
    chosen = item.get_closest_marker("clock")
    with time_machine.travel(chosen.args[0] if chosen else AT, tick=True):
        return (yield)


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


@pytest.fixture(scope="session", autouse=True)
def _emptying_passes_the_guard():
    """Tests with transactions of their own empty all tables afterwards; the guard of the events steps aside for that."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def execute_sql_flush(self, statements):
        with self.connection.cursor() as cursor:
            audit_models.remove_triggers(self.connection.vendor, cursor.execute)
            flush(self, statements)
            audit_models.install_triggers(self.connection.vendor, cursor.execute)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", execute_sql_flush)
        yield
