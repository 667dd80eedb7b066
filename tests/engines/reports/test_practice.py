"""The reports that rules are written with: a floor under the fields they were written for."""

import pytest

from gongjian.engines.reports.registers import Registers
from samples.reports.held_out import PRACTICE, read_all, reports
from samples.reports.scoring import score
from tests.engines.reports.judging import annotated_values

FLOOR = {"problem": 0.93, "action": 0.93, "project": 0.9, "sector": 0.9, "honour": 0.95, "speaker": 0.94}


def test_the_floor_holds():
    fields = score(read_all(Registers(), PRACTICE)).fields
    assert {name: fields[name].f1 for name, share in FLOOR.items() if fields[name].f1 < share} == {}


@pytest.mark.parametrize("report", reports(PRACTICE), ids=lambda report: report.key)
def test_what_is_annotated_stands_in_the_text(report):
    assert annotated_values(report) == []
