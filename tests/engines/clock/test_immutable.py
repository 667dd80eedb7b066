"""What the clock hands out cannot be changed by whoever gets it."""

from dataclasses import is_dataclass

import pytest

from gongjian.engines.clock import (
    checkpoints,
    deadlines,
    dues,
    event_data,
    events,
    ladder,
    lights,
    reading,
    snapshot,
    states,
    supporting_units,
)

MODULES = (
    checkpoints,
    deadlines,
    dues,
    event_data,
    events,
    ladder,
    lights,
    reading,
    snapshot,
    states,
    supporting_units,
)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_what_the_clock_hands_out_cannot_be_changed(module):
    own = [
        each for each in vars(module).values() if is_dataclass(each) and each.__module__ == module.__name__
    ]
    assert own
    assert [each for each in own if not each.__dataclass_params__.frozen] == []
