"""`python -m bench.policy_engines [--rules N] [--firms N]`: a million pairs drawn at random in Python and four SQL engines.

Not a race: the same rules and firms everywhere, and how many answers differ (verdict, both amounts to the cent, what is missing).
"""

import shutil
import sys
from argparse import ArgumentParser
from importlib.util import find_spec
from random import Random
from time import perf_counter

from bench.document import section, write
from bench.tables import Table
from gongjian.engines.policy import Policy, read_policy
from tests.cluster import start
from tests.engines.policy import engines, invented

RULES, FIRMS = 100, 10_000
SPARK_RULES = 40  # a query of Spark takes a second to plan


def _engines() -> dict[str, object]:
    """Name -> engine, or the reason why it is left out."""
    columns = invented.columns()
    address = start()
    made: dict[str, object] = {"DuckDB": engines.DuckDB(columns)}
    made["PostgreSQL"] = engines.PostgreSQL(columns, address) if address else "no server programs"
    made["ClickHouse (chDB)"] = engines.ClickHouse(columns) if find_spec("chdb") else "chDB is not installed"
    spark = bool(find_spec("pyspark") and shutil.which("java"))
    made["Spark, local"] = engines.Spark(columns) if spark else "PySpark or Java is not installed"
    return made


def _row(name: str, engine: object, policies: list[Policy], expected: engines.Answers) -> tuple[str, ...]:
    if isinstance(engine, str):
        return name, "left out", engine, "", ""
    asked = policies[:SPARK_RULES] if name.startswith("Spark") else policies
    codes = {policy.code for policy in asked}
    began = perf_counter()
    answers = engines.ask(engine, asked, as_of=invented.AS_OF)
    taken = perf_counter() - began
    wanted = {key: answer.without_clauses() for key, answer in expected.items() if key[1] in codes}
    found = {key: answer.without_clauses() for key, answer in answers.items()}
    different = engines.differences(wanted, found)
    for key, left, right in different[:3]:
        print(name, key, left, right, sep="\n  ", file=sys.stderr)
    return name, f"{len(asked)}", f"{len(found):,}", str(len(different)), f"{taken:.1f}"


def measure(rules: int = RULES, firms: int = FIRMS) -> Table:
    """Every engine against the closures that explain one firm."""
    catalogue, dice = invented.catalogue(), Random(1)
    policies = [read_policy(invented.rule(Random(n), n), catalogue=catalogue) for n in range(rules)]
    invented_firms = [invented.firm(dice) for _ in range(firms)]
    began = perf_counter()
    expected = engines.python(policies, invented_firms, as_of=invented.AS_OF, told=engines.briefly)
    rows = [
        ("Python, one firm at a time", str(rules), f"{len(expected):,}", "", f"{perf_counter() - began:.1f}")
    ]
    began = perf_counter()
    found = engines.columns(policies, invented_firms, invented.columns(), catalogue, as_of=invented.AS_OF)
    different = engines.differences({key: answer.briefly() for key, answer in expected.items()}, found)
    rows.append(
        (
            "columns, without what is missing",
            str(rules),
            f"{len(found):,}",
            str(len(different)),
            f"{perf_counter() - began:.1f}",
        )
    )
    for name, engine in _engines().items():
        if not isinstance(engine, str):
            engine.load(invented_firms)  # type: ignore[attr-defined]
        rows.append(_row(name, engine, policies, expected))
    note = "Rules and firms drawn at random, 12 % of the facts missing, values on the borders. Answers: verdict, certain and possible amount to the cent, missing facts. Seconds include reading the answers back."
    return Table(
        "Policies: the same answers in every engine",
        ("", "rules", "pairs", "differences", "seconds"),
        rows,
        note,
    )


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m bench.policy_engines")
    parser.add_argument("--rules", type=int, default=RULES)
    parser.add_argument("--firms", type=int, default=FIRMS)
    parser.add_argument("--dry", action="store_true", help="print only")
    asked = parser.parse_args()
    table = measure(asked.rules, asked.firms)
    print(section("policy_engines", table) if asked.dry else write("policy_engines", table))
