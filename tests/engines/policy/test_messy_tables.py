"""Tables as they come: encodings, quotation marks, totals, repeated names, choices; told with their row, the same from every kind of file."""

from contextlib import suppress
from random import Random

import polars as pl
import pytest
import xlsxwriter

from gongjian.cli.main import main
from gongjian.cli.match import FACTS
from gongjian.engines.policy import BadTable, Catalogue
from gongjian.engines.policy.tables.table_file import TableFile, read_table
from tests.engines.policy.test_matching import firms, folder_of_rules

CATALOGUE = Catalogue.load(FACTS)
POWER = "用电量@2026-01"
KINDS = ["csv", "xlsx", "parquet"]


def read(file, **options):
    table = TableFile(file, CATALOGUE, None, **options)
    pieces = list(table.pieces())
    return table, pieces


def refused(path, content):
    file = path / "firms.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadTable) as bad:
        read(file)
    return bad.value.code, bad.value.facts


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("head", ["企业名称,用电量@2026-01,主要能源", "firm,electricity@2026-01,main_energy"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_of_any_usual_encoding_is_read(tmp_path, encoding, head, separator):
    file = tmp_path / "firms.csv"
    file.write_bytes(f"{head}\n甲,7,电\n乙,8,煤\n".replace(",", separator).encode(encoding))
    table, (piece,) = read(file)
    assert list(piece.ids) == ["甲", "乙"]
    assert piece.columns[POWER].cell(1) == 80_000
    assert piece.columns["主要能源"].cell(0) == "电"
    assert not table.bad
    assert not table.remarks


@pytest.mark.parametrize(
    ("content", "code", "facts"),
    [
        (f"企业名称,{POWER}\n".encode() + b"\xff\xff\xff,1\n", "encoding", {}),
        (f'企业名称,{POWER}\n甲,"1\n乙,2\n', "quotes", {"row": "2"}),
        (f'企业名称,{POWER}\n甲,1\n"乙"",2\n丙,3\n', "quotes", {"row": "3"}),
        (f'"企业名称,{POWER}\n甲,1\n', "quotes", {"row": "1"}),
        (f"企业名称,{POWER}\n甲,1\n乙,2,3\n", "row_too_long", {"row": "3", "cells": "3"}),
        (f"企业名称,{POWER},{POWER}\n甲,1,2\n", "heading_twice", {"name": POWER}),
        (f"企业名称,{POWER},electricity@2026-1\n甲,1,2\n", "twice", {}),
        (f"企业名称,企业名称,{POWER}\n甲,1,2\n", "heading_twice", {"name": "企业名称"}),
        ("", "empty", {}),
        ("\n\n", "empty", {}),
        (",,\n1,2,3\n", "empty", {}),
    ],
    ids=range(11),
)
def test_a_broken_csv_is_refused_with_its_row(tmp_path, content, code, facts):
    found, told = refused(tmp_path, content)
    assert found == code
    assert facts.items() <= told.items()
    assert "duplicated" not in str(told)


def test_a_heading_of_a_workbook_stands_once(tmp_path):
    with pytest.raises(BadTable, match="有两列"):
        read(firms(tmp_path, "xlsx", headings=["企业名称", POWER, POWER], rows=[["甲", 1, 2]]))


def test_columns_without_a_heading_are_passed_over(tmp_path):
    file = tmp_path / "firms.csv"
    file.write_text(f"企业名称,,{POWER},\n甲,x,5,\n", encoding="utf-8")
    _, (piece,) = read(file)
    assert piece.columns[POWER].cell(0) == 50_000


MESSY: list[list[object]] = [
    [" 甲 ", 5, 10, "电"],
    [None, None, None, None],
    ["乙", -5, 10, "煤炭"],
    ["合计", 10, 20, None],
    [None, 7, 1, None],
    ["甲", 9, -3, "电 "],
    ["小 计", 1, 1, None],
    ["合计智能科技有限公司", 2, 2, "气"],
    ["全市合计（4户）", 1, 1, None],
]
HEADINGS = ["企业名称", POWER, "期末从业人员@2026-01", "主要能源"]
REMARKS = [(5, "合计", "total_row"), (8, "小 计", "total_row"), (10, "全市合计（4户）", "total_row")]
REMARKS += [(6, "", "no_id"), (7, "甲", "repeated")]
BAD = [(4, POWER, "-5"), (7, "期末从业人员@2026-01", "-3"), (4, "主要能源", "煤炭")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("piece", [2, 3, 100])
def test_rows_that_are_no_firms_and_cells_that_cannot_be_are_told(tmp_path, kind, piece):
    table, pieces = read(firms(tmp_path, kind, headings=HEADINGS, rows=MESSY), piece=piece)
    assert [i for p in pieces for i in p.ids] == ["甲", "乙", "甲", "合计智能科技有限公司"]
    assert sorted((r.row, r.value, r.code) for r in table.remarks) == sorted(REMARKS)
    assert sorted((b.row, b.column, b.value.removesuffix(".0")) for b in table.bad) == sorted(BAD)
    people = [p.columns["期末从业人员@2026-01"].cell(n) for p in pieces for n in range(p.rows)]
    assert people == [100_000, 100_000, None, 20_000]
    energy = [p.columns["主要能源"].cell(n) for p in pieces for n in range(p.rows)]
    assert energy == ["电", None, "电", "气"]


@pytest.mark.parametrize("kind", KINDS)
def test_without_names_a_firm_is_its_row_in_the_file(tmp_path, kind):
    _, (piece,) = read(firms(tmp_path, kind, headings=[POWER, "主要能源"], rows=[[1, "电"], [2, "气"]]))
    assert list(piece.ids) == [2, 3]


def test_a_number_that_names_a_firm_is_the_same_from_every_file(tmp_path):
    for values in ([101.0, 102.0], [101, 102], ["101", "102"]):
        file = tmp_path / "firms.parquet"
        pl.DataFrame({"firm": values, POWER: [1, 2]}).write_parquet(file)
        assert list(read(file)[1][0].ids) == ["101", "102"]
    assert list(read(firms(tmp_path, "xlsx", headings=["firm", POWER], rows=[[101, 1]]))[1][0].ids) == ["101"]


@pytest.mark.parametrize("title", ["质量、环境管理体系", "甲|乙", "A,B认证"])
def test_a_title_that_holds_a_separator_is_found_in_a_text(tmp_path, title):
    rows = [
        ["甲", title],
        ["乙", f"高新技术企业；{title}"],
        ["丙", f"{title}企业"],
        ["丁", "高新技术企业"],
        ["戊", None],
    ]
    file = firms(tmp_path, "csv", headings=["企业名称", "资质荣誉"], rows=rows)
    _, (piece,) = read(file, whole=frozenset({title}))
    held = [piece.columns["资质荣誉"].cell(row) for row in range(5)]
    assert [title in names for names in held[:4]] == [True, True, False, False]
    assert "高新技术企业" in held[1]
    assert held[4] is None


RULE_OF_TITLES = "HAS('安川市百强企业') OR HAS('质量、环境管理体系') OR 规上企业"


def matched(path, capsys, rows, headings, *, condition="规上企业"):
    rules = folder_of_rules(path)
    rule = next(rules.glob("*.yaml"))
    rule.write_text(
        rule.read_text(encoding="utf-8").replace("condition: 规上企业", f'condition: "{condition}"'),
        encoding="utf-8",
    )
    out = path / "out.csv"
    words = [
        "match",
        str(firms(path, "csv", headings=headings, rows=rows)),
        str(rules),
        "--as-of",
        "2026-04-01",
    ]
    assert main([*words, "--out", str(out), "--all"]) == 0
    return capsys.readouterr().err, out.read_text(encoding="utf-8-sig").splitlines()


def test_a_title_that_no_firm_holds_is_told(tmp_path, capsys):
    told, lines = matched(
        tmp_path,
        capsys,
        [["甲", "质量、环境管理体系", 300]],
        ["企业名称", "资质荣誉", "用电量@2026Q1"],
        condition=RULE_OF_TITLES,
    )
    assert "“安川市百强企业”，表里没有一户有" in told
    assert "质量" not in told
    assert lines[1].startswith("甲,Q-0,MEETS")


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+86", "-甲", "\t=1"])
def test_no_name_becomes_a_formula_in_the_answer(tmp_path, capsys, name):
    told, lines = matched(tmp_path, capsys, [[name, "是"]], ["企业名称", "规上企业"])
    assert lines[1].startswith(f"'{name.strip()},") if name.strip()[0] in "=@+-" else True
    assert told == ""


def test_a_dated_heading_without_its_period_is_told_in_both_languages(tmp_path, capsys, monkeypatch):
    told, _ = matched(
        tmp_path, capsys, [["甲", "是", 5], ["合计", None, 5]], ["企业名称", "规上企业", "用电量"]
    )
    assert "表头“用电量”没有写期别" in told
    assert "第 3 行“合计”是合计" in told
    monkeypatch.setenv("GONGJIAN_LANGUAGE", "en")
    told, _ = matched(
        tmp_path, capsys, [["甲", "是", 5], ["合计", None, 5]], ["企业名称", "规上企业", "用电量"]
    )
    assert "row 3" in told.lower()
    assert "没有" not in told


SIGNS = [
    ",",
    '"',
    "\n",
    "\r\n",
    "合计",
    "-",
    "1e999",
    "\0",
    "，",
    ";",
    "\t",
    "inf",
    "NaN",
    "#N/A",
    "=1+1",
    "２",
    "'",
    "  ",
]


def test_five_hundred_damaged_tables_are_read_or_refused(tmp_path):
    whole = f"企业名称,{POWER},主要能源,成立日期,规上企业,资质荣誉\n" + "甲,1,电,2020-01-01,是,甲、乙\n" * 4
    file, answered = tmp_path / "firms.csv", 0
    for seed in range(500):
        dice, text = Random(seed), whole
        for _ in range(dice.randint(1, 5)):
            at = dice.randrange(len(text))
            text = text[:at] + dice.choice(SIGNS) + text[at + dice.randint(0, 3) :]
        content = bytearray(text.encode(dice.choice(["utf-8", "gb18030"])))
        if seed % 5 == 0:
            content[dice.randrange(len(content))] = dice.randrange(256)
        file.write_bytes(content)
        with suppress(BadTable):
            read_table(file, catalogue=CATALOGUE)
            answered += 1
    assert answered > 100


def test_a_file_in_which_nothing_is_known_is_read(tmp_path):
    file = tmp_path / "firms.parquet"
    nothing = {name: [None, None] for name in ("主要能源", POWER, "成立日期", "规上企业")}
    pl.DataFrame({"企业名称": ["甲", "乙"], "资质荣誉": [[], None], **nothing}).write_parquet(file)
    table, (piece,) = read(file)
    assert piece.firm(0) == {"资质荣誉": frozenset()}
    assert piece.firm(1) == {}
    assert not table.bad


@pytest.mark.parametrize("left", [0, 3])
@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#NUM!"])
@pytest.mark.parametrize("before", [0, 3_000])
def test_an_error_in_a_workbook_is_no_empty_cell(tmp_path, error, before, left):
    file = tmp_path / "firms.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(left, left, ["企业名称", POWER, "主要能源"])
        top = left + before
        for n in range(before):
            sheet.write_row(left + n + 1, left, [f"企业{n}", n])
        sheet.write_row(top + 1, left, ["甲", 5])
        sheet.write_formula(top + 1, left + 2, "=NA()", None, error)
        sheet.write_row(top + 2, left, ["乙", 7])
        sheet.write(top + 3, left, "丙")
        sheet.write_formula(top + 3, left + 1, "=1/0", None, error)
    table, (piece,) = read(file)
    assert [(b.row, b.column, b.value) for b in table.bad] == [
        (top + 4, POWER, error),
        (top + 2, "主要能源", error),
    ]
    assert piece.columns[POWER].cell(before + 1) == 70_000


def test_a_rule_or_table_that_is_something_else_is_told(tmp_path, capsys):
    rules, file = folder_of_rules(tmp_path), firms(tmp_path, "csv")
    (rules / "gbk.yaml").write_bytes("name: 奖励\n".encode("gbk"))
    words = ["--as-of", "2026-04-01", "--out", str(tmp_path / "out.csv")]
    assert main(["match", str(file), str(rules), *words]) == 1
    assert "不是 UTF-8" in capsys.readouterr().err
    (tmp_path / "folder.csv").mkdir()
    (rules / "gbk.yaml").unlink()
    assert main(["match", str(tmp_path / "folder.csv"), str(rules), *words]) == 1
    assert "是文件夹" in capsys.readouterr().err
