"""Cells read strictly: what is no number, code or day is told with its row, never guessed; inputs are never written over."""

import os

import polars as pl
import pytest

from gongjian.cli.main import main
from gongjian.cli.match import FACTS
from gongjian.engines.policy import Catalogue
from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.facts.row import BadValue, cell
from gongjian.engines.policy.tables.table_file import read_table
from tests.engines.policy.test_matching import firms, folder_of_rules

CATALOGUE = Catalogue.load(FACTS)
COLUMN = "用电量@2026-01"
WRONG = ["inf", "1e308", "1e15", "2000,5", "19,99", "１２"]
DAYS = ["2025-01-31", "2025/1/31", "2025年1月31日", "2025-01-31 00:00:00"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_wrong_numbers_are_told_and_the_rest_is_used(tmp_path, kind):
    rows = [["甲", v] for v in [*WRONG, "2,000.5", "1,2345"]]
    file = firms(tmp_path, kind, headings=["企业名称", COLUMN], rows=rows)
    table, bad = read_table(file, catalogue=CATALOGUE)
    assert [(b.row, b.value) for b in bad] == [(n + 2, v) for n, v in enumerate(WRONG)]
    values = [table.columns[COLUMN].cell(row) for row in range(len(rows))]
    assert values == [None] * len(WRONG) + [20_005_000, 123_450_000]


def test_infinite_and_floating_columns(tmp_path):
    file = tmp_path / "firms.parquet"
    pl.DataFrame({"行业代码": [3411.0, None], COLUMN: [float("inf"), 1e15]}).write_parquet(file)
    table, bad = read_table(file, catalogue=CATALOGUE)
    key = next(name for name in table.columns if name != COLUMN)
    assert table.columns[key].cell(0) == "3411"
    assert [b.row for b in bad] == [2, 3]


def test_days():
    assert len({cell(Kind.DATE, day) for day in DAYS}) == 1
    for wrong in ("2025-01-31xyz", "2025-02-30", "2025"):
        with pytest.raises(BadValue):
            cell(Kind.DATE, wrong)


@pytest.mark.parametrize("link", ["same", "symlink", "hard"])
def test_an_input_is_never_written_over(tmp_path, link, capsys):
    file = firms(tmp_path, "csv")
    before, out = file.read_bytes(), file
    if link != "same":
        out = tmp_path / "out.csv"
        out.symlink_to(file) if link == "symlink" else os.link(file, out)
    words = ["match", str(file), str(folder_of_rules(tmp_path)), "--as-of", "2026-04-01"]
    assert main([*words, "--out", str(out)]) != 0
    assert file.read_bytes() == before
    assert "不能写在上面" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["meets.yml", "deep/meets.YML", "meets.yaml"])
def test_a_rule_is_never_written_over(tmp_path, name, capsys):
    file, folder = firms(tmp_path, "csv"), folder_of_rules(tmp_path)
    rule = folder / name
    rule.parent.mkdir(exist_ok=True)
    rule.write_bytes(b"code: none")
    out = tmp_path / "out.csv"
    out.symlink_to(rule)
    assert main(["match", str(file), str(folder), "--as-of", "2026-04-01", "--out", str(out)]) != 0
    assert rule.read_bytes() == b"code: none"
    assert "不能写在上面" in capsys.readouterr().err


def test_faults_are_told_in_the_language_asked_for(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GONGJIAN_LANGUAGE", "zh")
    file, folder = firms(tmp_path, "csv"), folder_of_rules(tmp_path)
    rule = next(folder.glob("*.yaml"))
    rule.write_text(
        rule.read_text(encoding="utf-8").replace("condition: ", "condition: 1e9 + ", 1), encoding="utf-8"
    )
    words = ["match", str(file), str(folder), "--as-of", "2026-04-01", "--out", str(tmp_path / "out.csv")]
    assert main(words) == 1
    assert "科学记数法" in capsys.readouterr().err
    assert main(["--lang", "en", *words]) == 1
    told = capsys.readouterr().err
    assert "line" in told
    assert "column" in told
    assert "请" not in told


def test_a_broken_csv_is_a_sentence(tmp_path, capsys):
    file = tmp_path / "firms.csv"
    file.write_text(f"企业名称,{COLUMN},规上企业\n甲,1,是,9,9,9\n", encoding="utf-8")
    words = ["match", str(file), str(folder_of_rules(tmp_path)), "--as-of", "2026-04-01"]
    assert main([*words, "--out", str(tmp_path / "out.csv")]) != 0
    assert "打不开或内容不完整" in capsys.readouterr().err
    assert not list(tmp_path.glob("*out*"))
