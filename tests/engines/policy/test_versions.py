"""Several versions of one code in a folder: each in force on days of its own, the right one by day."""

from datetime import date

import polars as pl
import pytest

from gongjian.cli.main import main
from gongjian.cli.match import FACTS
from gongjian.engines.policy import BadLibrary, Catalogue, Verdict, compile_policies, in_force, read_library
from tests.engines.policy.test_matching import RULE, firms

CATALOGUE = Catalogue.load(FACTS)
OLD = RULE.format(n=0, until="2026-06-30")
NEW = OLD.replace(
    "in_force_from: 2026-01-01\nin_force_until: 2026-06-30", "in_force_from: 2026-07-01"
).replace("210", "300")
ASKS = RULE.format(n=1, until="2027-12-31").replace("condition: 规上企业", "condition: \"MEETS('Q-0')\"")
FIRM = {"规上企业": True, "用电量@2026Q1": 250}


def folder(path, **texts):
    for name, text in texts.items():
        (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2026, 6, 30), Verdict.MEETS),
        (date(2026, 7, 1), Verdict.FAILS),
        (date(2027, 1, 1), Verdict.FAILS),
    ],
)
@pytest.mark.parametrize("names", ["abc", "cba"])
def test_the_version_of_the_day_counts(tmp_path, day, verdict, names):
    texts = dict(zip(names, (OLD, NEW, ASKS), strict=True))
    library = read_library(folder(tmp_path, **texts), catalogue=CATALOGUE)
    current = in_force(library, day)
    assert sorted(policy.code for policy in current) == ["Q-0", "Q-1"]
    answers = compile_policies(current, as_of=day, others=library).explain(FIRM)
    assert [answer.verdict for answer in answers] == [verdict, verdict]


@pytest.mark.parametrize("until", ["2026-07-01", "2026-12-31", ""])
def test_two_versions_on_one_day_are_refused(tmp_path, until):
    line = f"in_force_until: {until}\n" if until else ""
    old = OLD.replace("in_force_until: 2026-06-30\n", line)
    with pytest.raises(BadLibrary, match="同时施行"):
        read_library(folder(tmp_path, a=old, b=NEW), catalogue=CATALOGUE)


def test_the_commands_take_the_version_of_the_day(tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir()
    folder(rules, a=OLD, b=NEW, c=ASKS)
    table = firms(
        tmp_path, "csv", headings=["企业名称", "规上企业", "用电量@2026Q1"], rows=[["甲", "是", 250]]
    )
    for day, count in (("2026-04-01", 2), ("2026-08-01", 0)):
        for command in (["match"], ["policies", "run", "--on", "duckdb"]):
            out = tmp_path / "out.parquet"
            assert main([*command, str(table), str(rules), "--as-of", day, "--out", str(out)]) == 0
            assert pl.read_parquet(out).height == count
