"""The table of security requirements: verdicts are verdicts, evidence is there, the page is up to date."""

from dataclasses import replace

import pytest

from tests.house.asvs import PAGE, Requirement, counts, faults, page, read
from tests.house.planted import planted
from tests.house.sources import ROOT

GOOD = Requirement(
    "1.2.3", 1, "Asks.", "holds", ("SECURITY.md", "tests/house/test_asvs.py::test_the_page_is_up_to_date")
)
BAD = {
    "a verdict that is none": replace(GOOD, verdict="nearly"),
    "a level that is none": replace(GOOD, level=3),
    "a file that is nowhere": replace(GOOD, evidence=("gongjian/web/nowhere.py",)),
    "a test that is nowhere": replace(GOOD, evidence=("tests/house/test_asvs.py::test_nothing",)),
    "a test of a file that has none": replace(GOOD, evidence=("SECURITY.md::test_nothing",)),
    "nothing that shows it": replace(GOOD, evidence=()),
    "no reason why not": replace(GOOD, verdict="does not"),
    "no reason why it does not apply": replace(GOOD, verdict="not applicable", evidence=()),
}


def test_every_requirement_has_its_verdict_and_its_evidence():
    requirements = read()
    assert len(requirements) > 240
    assert faults(requirements) == []


def test_the_page_is_up_to_date():
    """Out of date? Run `make messages`."""
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page(read())


@planted(test_the_page_is_up_to_date)
def test_shares_are_those_of_what_applies():
    table = [GOOD, replace(GOOD, verdict="partly"), replace(GOOD, verdict="not applicable")]
    assert "| 1 | 1 | 1 | 0 | 1 | 50 % of 2 |" in counts(table)
    assert counts(table) in page(table)


@planted(test_every_requirement_has_its_verdict_and_its_evidence)
@pytest.mark.parametrize("fault", BAD)
def test_a_planted_fault_is_found(fault):
    assert faults([GOOD]) == []
    assert len(faults([BAD[fault]])) == 1


@planted(test_every_requirement_has_its_verdict_and_its_evidence)
def test_a_number_given_twice_is_found():
    assert faults([GOOD, GOOD]) == ["the numbers are not in their order"]


@planted(test_the_page_is_up_to_date)
def test_another_verdict_is_another_page():
    assert page([GOOD]) != page([replace(GOOD, verdict="partly")])
