"""Slow work inside a transaction that writes fails the test (a plugin of pytest, see addopts in pyproject.toml).

While it is open nobody else may write: foreign files are opened, pictures decoded, papers drawn and words of people
hashed before it begins or after it ends.
"""

import functools
import importlib
import sys
import traceback
from contextlib import contextmanager

import pytest

SLOW = (
    "gongjian.engines.files.pictures:safe_picture",
    "gongjian.engines.tables.opening:open_file",
    "gongjian.engines.file_text.reading:read_text",
    "gongjian.engines.reports.extractor:extract",
    "gongjian.engines.paper.word_file:render",
    "gongjian.engines.paper.own_template:check",
    "gongjian.engines.paper.cut_slips:slips_sheet",
    "gongjian.engines.templates.reading:read_template",
    "gongjian.engines.templates.filling:fill_template",
    "gongjian.engines.sheets.workbook:write_sheet",
    "django.contrib.auth.hashers:verify_password",
)
BUILDERS = "/gongjian/invented_city/"  # works alone in its database
_usual: list[int] = []  # how deep the transactions of the running test were when it began


class SlowWorkInside(AssertionError):
    """Something slow was done while a transaction that writes was open."""


def pytest_collection_finish():
    """Watch each slow function, wherever it has been imported to."""
    for name in SLOW:
        module, _colon, function = name.partition(":")
        slow = getattr(importlib.import_module(module), function)
        watched = _watched(slow, name)
        for each in list(sys.modules.values()):
            if (getattr(each, "__name__", "") or "").startswith(("gongjian", "django.contrib.auth")):
                for key in [key for key, value in vars(each).items() if value is slow]:
                    setattr(each, key, watched)


@pytest.hookimpl(hookwrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    """From here on a transaction is one that the product has opened."""
    with counted_from_here():
        yield


@contextmanager
def counted_from_here():
    """For a test that opens a transaction of its own: only one within it counts."""
    _usual.append(_depth())
    try:
        yield
    finally:
        _usual.pop()


def _watched(slow, name):
    @functools.wraps(slow)
    def work(*args, **kwargs):
        if _usual and _depth() > _usual[-1] and not _is_building():
            raise SlowWorkInside(name)
        return slow(*args, **kwargs)

    return work


def _depth():
    """How many transactions and savepoints are open."""
    from django.db import connection

    if connection.connection is None or not connection.in_atomic_block:
        return 0
    return 1 + len(connection.savepoint_ids)


def _is_building():
    return any(BUILDERS in frame.f_code.co_filename for frame, _line in traceback.walk_stack(None))
