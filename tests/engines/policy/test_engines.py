"""Rules and firms drawn at random: Python, columns and every SQL engine say the same of every pair, to the cent."""

import os
import shutil
from random import Random

import pytest

from gongjian.engines.policy import read_policy
from samples.policies import engines, invented

RULES = int(os.environ.get("GONGJIAN_RULES", "16"))
FIRMS = int(os.environ.get("GONGJIAN_FIRMS", "40"))
BIG = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def policies():
    catalogue = invented.catalogue()
    return [read_policy(invented.rule(Random(n), n), catalogue=catalogue) for n in range(RULES)]


@pytest.fixture(scope="module")
def firms():
    dice = Random(20261125)
    return [invented.firm(dice) for _ in range(FIRMS)]


@pytest.fixture(scope="module")
def expected(policies, firms):
    return engines.python(policies, firms, as_of=invented.AS_OF)


def _agrees(engine, policies, firms, expected):
    engine.load(firms)
    assert engines.differences(expected, engines.ask(engine, policies, as_of=invented.AS_OF))[:3] == []


def test_the_pairs_are_worth_asking(expected):
    verdicts = [answer.verdict for answer in expected.values()]
    assert {"MEETS", "FAILS", "UNKNOWN"} == set(verdicts)
    assert min(map(verdicts.count, set(verdicts))) > len(verdicts) / 25
    assert any(answer.certain for answer in expected.values())
    assert any(answer.possible is None for answer in expected.values())
    assert any(answer.missing for answer in expected.values())


@pytest.mark.parametrize("size", [40, 7])
def test_columns_agree(policies, firms, expected, size):
    catalogue = invented.catalogue()
    answers = engines.columns(policies, firms[:size], invented.columns(), catalogue, as_of=invented.AS_OF)
    briefly = {key: answer.briefly() for key, answer in expected.items() if key[0] < size}
    assert engines.differences(briefly, answers)[:3] == []


def test_duckdb_agrees(policies, firms, expected):
    _agrees(engines.DuckDB(invented.columns()), policies, firms, expected)


@pytest.mark.postgres
def test_postgresql_agrees(policies, firms, expected, postgres_address):
    engine = engines.PostgreSQL(invented.columns(), postgres_address)
    _agrees(engine, policies, firms, expected)
    engine.close()


@BIG
def test_clickhouse_agrees(policies, firms, expected):
    pytest.importorskip(
        "chdb", reason="chDB belongs to the group bench: uv pip install -r requirements/bench.txt"
    )
    engine = engines.ClickHouse(invented.columns())
    _agrees(engine, policies, firms, expected)
    engine.close()


@BIG
@pytest.mark.slow
def test_spark_agrees(policies, firms, expected):
    pytest.importorskip(
        "pyspark", reason="Spark belongs to the group bench: uv pip install -r requirements/bench.txt"
    )
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java: apt-get install default-jre-headless")
    engine = engines.Spark(invented.columns())
    _agrees(engine, policies[:8], firms, {k: a for k, a in expected.items() if k[1] < "INV-0008"})
    engine.close()
