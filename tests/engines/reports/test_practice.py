"""The reports that rules are written with: a floor under the fields they were written for."""

from itertools import compress

import pytest

from gongjian.engines.reports.registers import Registers
from samples.reports.held_out import PRACTICE, read_all, reports
from samples.reports.scoring import Score, score
from tests.engines.reports.judging import annotated_values

FLOOR = {"problem": 0.93, "action": 0.93, "project": 0.9, "sector": 0.9, "honour": 0.95, "speaker": 0.94}
WRITTEN_FOR = {
    "difficulties",
    "projects_and_requirements",
    "second_round",
    "third_round",
}  # the files these fields were written for
CORE_FLOOR = 0.97


def _fields(styles: set[str]) -> Score:
    chosen = [report.style in styles for report in reports(PRACTICE)]
    return score(compress(read_all(Registers(), PRACTICE), chosen))


def test_the_floor_holds():
    fields = _fields(WRITTEN_FOR).fields
    assert {name: fields[name].f1 for name, share in FLOOR.items() if fields[name].f1 < share} == {}


def test_the_floor_of_the_core_holds():
    others = {report.style for report in reports(PRACTICE)} - WRITTEN_FOR
    assert _fields(others).total().f1 >= CORE_FLOOR


@pytest.mark.parametrize("report", reports(PRACTICE), ids=lambda report: report.key)
def test_what_is_annotated_stands_in_the_text(report):
    assert annotated_values(report) == []
