"""`gongjian policies run`: the lines of `match`, from a database engine."""

import json

import polars as pl
import pytest

from gongjian.cli.main import main
from tests.cli.test_policies import folder, rule
from tests.engines.policy.test_matching import RULE, firms
from tests.engines.policy.test_messy_tables import HEADINGS, MESSY

SET = RULE.format(n=2, until="2026-12-31").replace(
    "condition: 规上企业", "condition: \"HAS('甲、乙') OR 成立日期 < AS_OF\""
)
AMOUNT = RULE.format(n=3, until="2026-12-31").replace(
    "QUARTER(用电量, 0) >= 210", "MONTH(用电量, '2026-01') >= 1"
)
GROUP = "group: {name: 一, rule: BEST}\n"
DATA = [*HEADINGS, "规上企业", "成立日期", "资质荣誉"]
FLAGS = ["是", None, "否"] * 3
DAYS = ["2020-01-01", None, "2025/1/31"] * 3
NAMES = ["甲、乙", "无", None, "丙|丁 \\N \"'", "甲、乙", "无", None, "丙|丁", None]
ROWS = [[*row, *more] for row, more in zip(MESSY, zip(FLAGS, DAYS, NAMES, strict=True), strict=True)]


def lines(path):
    frame = pl.read_parquet(path)
    assert frame.height
    return sorted(frame.rows(), key=str), frame.schema


def both(path, kind, *words):
    rules = folder(path, a=rule() + GROUP, b=rule(1), c=SET, d=AMOUNT + GROUP)
    given = [str(firms(path, kind, headings=DATA, rows=ROWS)), str(rules), "--as-of", "2026-04-01"]
    answers, figures = [], []
    for n, command in enumerate((["match"], ["policies", "run", *words])):
        out, stats = path / f"{n}.parquet", path / f"{n}.json"
        assert main([*command, *given, "--out", str(out), "--stats", str(stats), "--all"]) == 0
        answers.append(lines(out))
        figures.append(json.loads(stats.read_text(encoding="utf-8")))
    names = (
        "firms",
        "policies",
        "decisions",
        "meets",
        "unknown",
        "fails",
        "pairs_written",
        "bad_cells",
        "certain_amount",
    )
    assert [figures[0][name] for name in names] == [figures[1][name] for name in names]
    return answers


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_duckdb_gives_the_lines_of_match(tmp_path, kind, capsys):
    ours, theirs = both(tmp_path, kind, "--on", "duckdb")
    assert ours == theirs
    told = capsys.readouterr().err
    assert told.count("“合计”是合计") == 2


@pytest.mark.postgres
def test_postgresql_gives_the_lines_of_match(tmp_path, postgres_address):
    ours, theirs = both(tmp_path, "csv", "--on", "postgres", "--database", postgres_address)
    assert ours == theirs


def test_what_cannot_run_is_a_sentence(tmp_path, capsys):
    given = [str(firms(tmp_path, "csv")), str(folder(tmp_path, a=rule())), "--as-of", "2026-04-01"]
    words = ["policies", "run", *given, "--out", str(tmp_path / "out.csv"), "--on", "postgres"]
    assert main(words) == 1
    assert "--database" in capsys.readouterr().err
    assert main([*words, "--database", "postgresql:///x?host=/nowhere"]) == 1
    assert "数据库出错" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
