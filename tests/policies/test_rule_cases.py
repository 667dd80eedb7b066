"""Every case of every rule of the library."""

from pathlib import Path

import pytest

from gongjian.policies.engine import Catalogue, read_library, run_cases

ROOT = Path(__file__).resolve().parents[2] / "gongjian"
CATALOGUE = Catalogue.load(ROOT / "enterprises" / "facts.toml")
POLICIES = read_library(ROOT / "policies" / "library", catalogue=CATALOGUE)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda p: p.code)
def test_every_case_of_the_rule_passes(policy):
    results = run_cases(policy, others=POLICIES)
    assert results
    assert {r.name: [str(d) for d in r.differences] for r in results if not r.passed} == {}
