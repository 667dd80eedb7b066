"""Tests that share what is costly to set up run on one worker: their group stands behind their name while workers share the suite."""

import os

import pytest


@pytest.mark.xdist_group("together")
def test_a_group_is_heeded(request):
    if os.environ.get("PYTEST_XDIST_WORKER") and request.config.getvalue("loadgroup"):
        assert request.node.nodeid.endswith("@together")
