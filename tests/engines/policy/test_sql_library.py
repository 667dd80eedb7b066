"""Every case of every rule of the library in DuckDB and PostgreSQL: what the rule expects and what Python says."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from gongjian.engines.policy import Catalogue, read_library
from gongjian.engines.policy.cases.runner import day_of
from gongjian.engines.policy.one_firm.amounts import money
from samples.policies import engines

ROOT = Path(__file__).resolve().parents[3] / "gongjian"
CATALOGUE = Catalogue.load(ROOT / "enterprises" / "facts" / "facts.toml")
POLICIES = read_library(ROOT / "policies" / "library", catalogue=CATALOGUE)


def _columns():
    names = sorted({name for policy in POLICIES for case in policy.cases for name, _ in case.facts})
    return {name: str(CATALOGUE.find(name.partition("@")[0]).kind) for name in names}


def _asked():
    """(policy, day) -> its cases by their row in the table of all cases."""
    found: defaultdict[Any, dict[int, Any]] = defaultdict(dict)
    rows = [(policy, case) for policy in POLICIES for case in policy.cases]
    for number, (policy, case) in enumerate(rows):
        found[policy, day_of(case, policy)][number] = case
    return found, [dict(case.facts) for _, case in rows]


def _faults(engine):
    """(case, wanted, found) where an engine does not say what the rule expects, or not what Python says."""
    cases_by_rule, firms = _asked()
    engine.load(firms)
    for (policy, day), cases in cases_by_rule.items():
        answers = engines.ask(engine, [policy], as_of=day, others=POLICIES)
        expected = engines.python([policy], [firms[number] for number in cases], as_of=day, others=POLICIES)
        for place, (number, case) in enumerate(cases.items()):
            answer, wanted = answers[number, policy.code], case.expect
            pairs = [(expected[place, policy.code], answer)]
            pairs += [(wanted.verdict, answer.verdict)] if wanted.verdict is not None else []
            pairs += [(money(wanted.certain), answer.certain)] if wanted.certain is not None else []
            pairs += [(wanted.missing, answer.missing)] if wanted.missing is not None else []
            yield from ((policy.code, case.name, left, right) for left, right in pairs if left != right)


def test_every_case_passes_in_duckdb():
    assert list(_faults(engines.DuckDB(_columns()))) == []


@pytest.mark.postgres
def test_every_case_passes_in_postgresql(postgres_address):
    engine = engines.PostgreSQL(_columns(), postgres_address)
    assert list(_faults(engine)) == []
    engine.close()
