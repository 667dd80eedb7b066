"""`gongjian policies`: rules checked with their cases, and as one statement."""

import json

import duckdb
import polars as pl
import pytest

from gongjian.cli.main import main
from tests.engines.policy.test_matching import RULE, firms
from tests.engines.policy.wrong_rules import RIGHT

CASES = """\
cases:
  - name: 用得多
    facts: {{规上企业: true, 用电量@2026Q1: {power}}}
    expect: {{verdict: MEETS, certain: 300000}}
  - name: 用得少
    facts: {{规上企业: true, 用电量@2026Q1: 5}}
    expect: {{verdict: {verdict}}}
"""


def folder(path, **texts):
    rules = path / "rules"
    rules.mkdir(exist_ok=True)
    for name, text in texts.items():
        (rules / f"{name}.yaml").write_text(text, encoding="utf-8")
    return rules


def rule(n=0, *, power=400, verdict="FAILS"):
    return RULE.format(n=n, until="2026-12-31") + CASES.format(power=power, verdict=verdict)


@pytest.fixture(autouse=True)
def _in_chinese(monkeypatch):
    monkeypatch.setenv("GONGJIAN_LANGUAGE", "zh")


def test_right_rules_are_right(tmp_path, capsys):
    assert main(["policies", "check", str(folder(tmp_path, a=rule()))]) == 0
    assert capsys.readouterr().out == "1 个文件，1 项政策，2/2 个用例通过，0 处错误，0 处请留意\n"


def test_a_case_that_fails_is_told_with_its_line(tmp_path, capsys):
    rules = folder(tmp_path, a=rule(power=211))
    assert main(["policies", "check", str(rules)]) == 1
    told = capsys.readouterr().out
    assert "a.yaml 第 19 行的用例“用得多”不通过" in told
    assert "确定金额应为 300000.00，算出来是 211000.00" in told
    assert main(["--lang", "en", "policies", "check", str(rules / "a.yaml")]) == 1
    assert "不通过" not in capsys.readouterr().out


def test_everything_is_found_at_once_and_as_json(tmp_path, capsys):
    wrong = RIGHT.replace("condition: 规上企业", "condition: 规上企叶")
    titles = RULE.format(n=3, until="2026-12-31").replace(
        "condition: 规上企业", "condition: HAS('安川市百强企业')"
    )
    rules = folder(tmp_path, a=rule(power=1), b=wrong, c=titles + "group: {name: 一, rule: BEST}\n")
    assert main(["policies", "check", str(rules), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["files"], report["policies"], report["cases"], report["passed"], report["ok"]) == (
        3,
        2,
        2,
        1,
        False,
    )
    (fault,) = report["faults"]
    assert (fault["file"], fault["line"], fault["column"], fault["code"]) == (
        "b.yaml",
        20,
        16,
        "unknown_fact",
    )
    (failure,) = report["failures"]
    assert (failure["policy"], failure["case"], failure["line"]) == ("Q-0", "用得多", 19)
    assert {remark["code"] for remark in report["remarks"]} == {"no_cases", "unusual_title", "alone_in_group"}


@pytest.mark.parametrize("path", ["nowhere", "rules", "rules/none.yaml"])
def test_without_rules_there_is_nothing_to_check(tmp_path, capsys, path):
    folder(tmp_path)
    assert main(["policies", "check", str(tmp_path / path)]) == 1
    assert "没有规则文件" in capsys.readouterr().err


def statement(capsys, *words):
    assert main(["policies", "sql", *map(str, words), "--as-of", "2026-04-01"]) == 0
    return capsys.readouterr()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_the_statement_gives_the_lines_of_match(tmp_path, capsys, kind):
    rules = folder(tmp_path, a=rule(), b=rule(1))
    table = firms(tmp_path, kind)
    out = tmp_path / "out.parquet"
    assert main(["match", str(table), str(rules), "--out", str(out), "--as-of", "2026-04-01"]) == 0
    capsys.readouterr()
    told = statement(capsys, rules, "--dialect", "duckdb", "--columns", table, "--table", "business")
    assert told.err == ""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(
        'CREATE TABLE business ("企业名称" TEXT, "规上企业" BOOLEAN, "用电量@2026-01" DECIMAL(20,4), '
        '"用电量@2026-02" DECIMAL(20,4), "electricity@2026-03" DECIMAL(20,4), "成立日期" DATE)'
    )
    connection.execute(
        "INSERT INTO business VALUES ('甲', true, 70, 70, 70, '2020-01-01'), ('乙', true, 70, 70, NULL, NULL), "
        "('丙', false, 70, 70, 70, NULL), ('丁', true, 70, NULL, 70, NULL), ('戊', NULL, 1000, 70, 70.5, NULL)"
    )
    lines = {(*row[:5], row[5].replace(";", "")) for row in connection.execute(told.out).fetchall()}
    assert lines == set(pl.read_parquet(out).rows())


def test_columns_may_be_listed_and_what_is_not_there_is_unknown(tmp_path, capsys):
    rules, names = folder(tmp_path, a=rule()), tmp_path / "names.txt"
    names.write_text("firm\n规上企业\nelectricity@2026Q1\n", encoding="utf-8")
    told = statement(capsys, rules, "--dialect", "duckdb", "--columns", names)
    assert '"electricity@2026Q1"' in told.out
    assert "2026-01" not in told.out.replace("用电量@2026-01;", "")
    assert "没有写 --columns" in statement(capsys, rules, "--dialect", "spark").err
    names.write_text("firm\n规上企叶\n", encoding="utf-8")
    assert main(["policies", "sql", str(rules), "--dialect", "duckdb", "--columns", str(names)]) == 1
    assert "请改为“规上企业”" in capsys.readouterr().err


def test_match_warns_where_cases_fail(tmp_path, capsys):
    table, out = firms(tmp_path, "csv"), tmp_path / "out.csv"
    words = ["match", str(table), "rules", "--out", str(out), "--as-of", "2026-04-01"]
    words[2] = str(folder(tmp_path, a=rule(), b=rule(1)))
    assert main(words) == 0
    assert "不通过" not in capsys.readouterr().err
    folder(tmp_path, b=rule(1, power=250, verdict="MEETS"))
    assert main(words) == 0
    told = capsys.readouterr().err
    assert "b.yaml 第 19 行的用例“用得多”不通过" in told
    assert "共 2 个用例不通过" in told
