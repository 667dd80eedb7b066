"""The library of rules: every case of every rule, a source for each, what is not certain says why."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import gongjian.enterprises.facts.catalogue as register
from gongjian.engines import policy as engine
from gongjian.engines.policy import Catalogue, read_library, run_cases

FOLDER = Path(engine.__file__).parents[2] / "policies" / "library"
FEWEST_RULES, FEWEST_CASES = 30, 3


@cache
def library():
    return tuple(read_library(FOLDER, catalogue=Catalogue.load(register.FILE)))


def rules():
    return [pytest.param(policy, id=policy.code) for policy in library()]


def test_the_library_is_large_and_no_code_stands_twice():
    codes = [policy.code for policy in library()]
    assert len(codes) >= FEWEST_RULES
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("policy", rules())
def test_every_case_holds(policy):
    others = [other for other in library() if other is not policy]
    wrong = {
        result.name: result.differences for result in run_cases(policy, others=others) if not result.passed
    }
    assert wrong == {}


@pytest.mark.parametrize("policy", rules())
def test_a_rule_is_told_whole(policy):
    verdicts = {case.expect.verdict for case in policy.cases}
    assert len(policy.cases) >= FEWEST_CASES
    assert {"MEETS", "FAILS", "UNKNOWN"} <= verdicts  # each rule is tried on unknown facts too
    assert len({case.name for case in policy.cases}) == len(policy.cases)
    assert policy.source
    assert policy.issuer
    assert policy.explain.endswith("。")
    assert policy.confirmed or policy.confirm_note
    assert policy.in_force_from > date(2000, 1, 1)


def test_what_was_never_read_in_full_is_not_certain():
    """Rules whose source was scrambled, cut or from another province are to be confirmed before a firm hears of them."""
    open_ones = {policy.code for policy in library() if not policy.confirmed}
    assert {
        "FJ-2026Q1-OUTPUT",
        "SME-LITTLE-GIANT-2022",
        "XA-FIRST-ENTRY",
        "YA-FIRST-ENTRY",
        "HEN-2026Q1-FULL-LOAD",
        "DELIVERY-AUTOMATIC",
        "FOUR-UP-SERVICES-1000-OLD",
    } <= open_ones


def test_every_firm_is_of_exactly_one_size():
    """Of the four size classes one meets and three fail in every fully known case."""
    classes = [policy for policy in library() if policy.code.startswith("NBS-SIZE-2017-")]
    assert len(classes) == 4
    told: dict[str, list[str]] = {}
    for policy in classes:
        for case in policy.cases:
            told.setdefault(case.name, []).append(str(case.expect.verdict))
    shared = {name: verdicts for name, verdicts in told.items() if len(verdicts) == len(classes)}
    known = {n: v for n, v in shared.items() if "UNKNOWN" not in v and "铁路" not in n}
    assert len(known) >= 20
    assert {
        name: sorted(v) for name, v in known.items() if sorted(v) != ["FAILS", "FAILS", "FAILS", "MEETS"]
    } == {}
