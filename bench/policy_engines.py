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
from samples.cluster import start
from samples.policies import engines, invented

RULES, FIRMS = 100, 10_000
SPARK_RULES = 40  # a query of Spark takes a second to plan


def _engines() -> dict[str, object]:
    """Name -> engine, or the reason why it is left out."""
    columns = invented.columns()
    address = start()
    engines_by_name: dict[str, object] = {"DuckDB": engines.DuckDB(columns)}
    engines_by_name["PostgreSQL"] = engines.PostgreSQL(columns, address) if address else "no server programs"
    engines_by_name["ClickHouse (chDB)"] = (
        engines.ClickHouse(columns) if find_spec("chdb") else "chDB is not installed"
    )
    spark = bool(find_spec("pyspark") and shutil.which("java"))
    engines_by_name["Spark, local"] = engines.Spark(columns) if spark else "PySpark or Java is not installed"
    return engines_by_name


def _row(name: str, engine: object, policies: list[Policy], expected: engines.Answers) -> tuple[str, ...]:
    if isinstance(engine, str):
        return name, "left out", engine, "", ""
    asked_policies = policies[:SPARK_RULES] if name.startswith("Spark") else policies
    codes = {policy.code for policy in asked_policies}
    began = perf_counter()
    answers = engines.ask(engine, asked_policies, as_of=invented.AS_OF)
    taken = perf_counter() - began
    wanted = {key: answer.without_clauses() for key, answer in expected.items() if key[1] in codes}
    given_answers = {key: answer.without_clauses() for key, answer in answers.items()}
    different = engines.differences(wanted, given_answers)
    for key, left, right in different[:3]:
        print(name, key, left, right, sep="\n  ", file=sys.stderr)
    return name, f"{len(asked_policies)}", f"{len(given_answers):,}", str(len(different)), f"{taken:.1f}"


def measure(rules: int = RULES, firms: int = FIRMS) -> Table:
    """Every engine against the closures that explain one firm."""
    catalogue, dice = invented.catalogue(), Random(1)
    policies = [read_policy(invented.rule(Random(n), n), catalogue=catalogue) for n in range(rules)]
    invented_firms = [invented.firm(dice) for _ in range(firms)]
    began = perf_counter()
    expected = engines.python(policies, invented_firms, as_of=invented.AS_OF, answer_of=engines.briefly)
    rows = [
        ("Python, one firm at a time", str(rules), f"{len(expected):,}", "", f"{perf_counter() - began:.1f}")
    ]
    began = perf_counter()
    answers = engines.columns(policies, invented_firms, invented.columns(), catalogue, as_of=invented.AS_OF)
    different = engines.differences({key: answer.briefly() for key, answer in expected.items()}, answers)
    rows.append(
        (
            "columns, without what is missing",
            str(rules),
            f"{len(answers):,}",
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
    arguments = parser.parse_args()
    table = measure(arguments.rules, arguments.firms)
    print(section("policy_engines", table) if arguments.dry else write("policy_engines", table))
