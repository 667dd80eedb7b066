"""Files of firms against a folder of rules: every kind of file, bad cells told, the answers those of one firm."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
import xlsxwriter

from gongjian.cli.main import main
from gongjian.engines.policy import BadTable, Catalogue, compile_policies, read_policy
from gongjian.engines.policy.tables.matching import SCHEMA
from gongjian.engines.policy.tables.table_file import TableFile, read_table
from tests.engines.policy.generated import CATALOGUE, NUMBERS, Author
from tests.engines.policy.test_tables import TYPES, table_of

RULE = """\
code: Q-{n}
name: 用电奖励
document: 试〔2026〕1号
issuer: 安川市工信局
level: CITY
in_force_from: 2026-01-01
in_force_until: {until}
delivery: APPLICATION
period: 2026Q1
confirmed: true
source: 试验
clauses:
  - {{key: size, name: 规模, condition: 规上企业}}
  - {{key: power, name: 用电, condition: "QUARTER(用电量, 0) >= 210"}}
benefit:
  parts:
    - {{name: 奖励, amount: "0.1元/千瓦时 * QUARTER(用电量, 0)", cap: 30万元}}
"""
HEADINGS = ["企业名称", "规上企业", "用电量@2026-01", "用电量@2026-02", "electricity@2026-03", "成立日期"]
ROWS = [
    ["甲", "是", 70, 70, 70, "2020-01-01"],
    ["乙", "是", 70, 70, None, "2020-01-01"],
    ["丙", "否", 70, 70, 70, None],
    ["丁", "是", 70, "七十", 70, None],
    ["戊", None, "1,000", 70, 70.5, None],
]
WANTED = {
    ("甲", "MEETS"): (Decimal("210000.00"), Decimal("210000.00"), ""),
    ("乙", "UNKNOWN"): (Decimal("0.00"), Decimal("300000.00"), "用电量@2026-03"),
    ("丁", "UNKNOWN"): (Decimal("0.00"), Decimal("300000.00"), "用电量@2026-02"),
    ("戊", "UNKNOWN"): (Decimal("0.00"), Decimal("300000.00"), "规上企业"),
}


def folder_of_rules(path, *, until="2026-12-31", count=1):
    folder = path / "rules"
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"{n}.yaml").write_text(RULE.format(n=n, until=until), encoding="utf-8")
    return folder


def firms(path, kind, *, headings=HEADINGS, rows=ROWS):
    file = path / f"firms.{kind}"
    if kind == "xlsx":
        with xlsxwriter.Workbook(str(file)) as book:
            sheet = book.add_worksheet("企业数据")
            for n, row in enumerate([headings, *rows]):
                sheet.write_row(n, 0, ["" if value is None else value for value in row])
        return file
    text = [[None if v is None else str(v) for v in row] for row in rows]
    frame = pl.DataFrame(text, schema=dict.fromkeys(headings, pl.String), orient="row")
    frame.write_csv(file) if kind == "csv" else frame.write_parquet(file)
    return file


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("out", ["csv", "parquet"])
def test_every_kind_of_file_gives_the_same_answers(tmp_path, kind, out, capsys):
    written, stats = tmp_path / f"out.{out}", tmp_path / "stats.json"
    words = ["match", str(firms(tmp_path, kind)), str(folder_of_rules(tmp_path))]
    assert main([*words, "--out", str(written), "--as-of", "2026-04-01", "--stats", str(stats)]) == 0
    frame = pl.read_parquet(written) if out == "parquet" else pl.read_csv(written, schema=SCHEMA)
    frame = frame.with_columns(pl.col("missing_facts").fill_null(""))
    assert frame.columns == list(SCHEMA)
    assert {(r[0], r[2]): r[3:] for r in frame.rows()} == WANTED
    output = capsys.readouterr()
    assert "第 5 行“用电量@2026-02”的值“七十”不是数字" in output.err
    assert ("企业数据 " in output.err) is (kind == "xlsx")
    figures = json.loads(stats.read_text(encoding="utf-8"))
    assert (
        figures["firms"],
        figures["decisions"],
        figures["meets"],
        figures["unknown"],
        figures["fails"],
    ) == (5, 5, 1, 3, 1)
    assert figures["certain_amount"] == "210000.00"
    assert figures["bad_cells"] == 1
    assert set(figures["seconds"]) == {"rules", "read", "match", "prepare", "write"}
    assert figures["peak_memory_mb"] > 0


def test_failed_pairs_are_written_when_asked_for(tmp_path):
    written = tmp_path / "out.csv"
    words = [
        "match",
        str(firms(tmp_path, "csv")),
        str(folder_of_rules(tmp_path, count=2)),
        "--as-of",
        "2026-04-01",
    ]
    assert main([*words, "--out", str(written), "--all"]) == 0
    frame = pl.read_csv(written)
    assert frame.height == 10
    assert frame.filter(pl.col("verdict") == "FAILS")["firm"].to_list() == ["丙", "丙"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"headings": [*HEADINGS[:5], "成立日其"]}, "请改为“成立日期”"),
        ({"headings": [*HEADINGS[:5], "用电量@2026-02"]}, "同一项数据"),
        ({"headings": [*HEADINGS[:5], "规上企业@2026"]}, "请改为“规上企业”"),
        ({"headings": ["企业名称", "成立日期"], "rows": [["甲", None]]}, "没有一列是所选政策要看的数据"),
    ],
)
def test_wrong_headings_are_refused_with_what_to_write(tmp_path, capsys, change, sentence):
    file = firms(tmp_path, "xlsx", **change)
    words = [
        "match",
        str(file),
        str(folder_of_rules(tmp_path)),
        "--out",
        str(tmp_path / "o.csv"),
        "--as-of",
        "2026-04-01",
    ]
    assert main(words) == 1
    assert sentence in capsys.readouterr().err


def test_what_cannot_be_matched_is_refused(tmp_path, capsys):
    rules, file = folder_of_rules(tmp_path, until="2026-02-01"), firms(tmp_path, "csv")
    out = ["--out", str(tmp_path / "o.csv"), "--as-of", "2026-04-01"]
    assert main(["match", str(file), str(rules), *out]) == 1
    assert "没有 2026-04-01 施行的政策" in capsys.readouterr().err
    (rules / "bad.yaml").write_text(
        RULE.format(n=9, until="2026-12-31").replace("用电量, 0) >= 210", "用电梁, 0) >= 210"),
        encoding="utf-8",
    )
    assert main(["match", str(file), str(rules), *out]) == 1
    assert "bad.yaml 第14行第48列：数据目录里没有“用电梁”。" in capsys.readouterr().err
    assert main(["match", str(file), str(tmp_path / "nowhere"), *out]) == 1
    assert main(["match", str(file), str(rules), "--out", str(tmp_path / "o.doc")]) == 1
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    rules = folder_of_rules(tmp_path)
    (rules / "bad.yaml").unlink()
    assert main(["match", str(tmp_path / "broken.parquet"), str(rules), *out]) == 1
    assert "打不开" in capsys.readouterr().err
    assert main(["match", str(tmp_path / "none.csv"), str(rules), *out]) == 1


def test_missing_facts_of_a_table_are_those_of_one_firm():
    from gongjian.engines.policy.rules.policy import Verdict
    from gongjian.engines.policy.tables.missing_facts import SEPARATOR, MissingFacts

    for seed in range(25):
        author = Author(seed)
        policy = read_policy(author.rule(), catalogue=CATALOGUE)
        people = [author.firm() for _ in range(40)]
        plan = compile_policies([policy], as_of=date(2026, 4, 30))
        outcome = plan.match(table_of(people))
        missing_facts = MissingFacts(plan.bound[0], outcome.prepared)
        for verdict in (Verdict.MEETS, Verdict.UNKNOWN):
            amounts = outcome.amounts(0, verdict)
            texts = missing_facts.texts(
                amounts.rows, verdict=verdict is Verdict.UNKNOWN, amount=amounts.certain != amounts.possible
            )
            for row, text in zip(amounts.rows, texts, strict=True):
                wanted = plan.explain(people[row])[0].missing
                assert set(text.split(SEPARATOR)) - {""} == set(wanted), policy.clauses


def test_a_table_in_pieces_is_the_table(tmp_path):
    author = Author(7)
    people = [author.firm() for _ in range(100)]
    data = {
        n: [f[n] if k != pl.Float64 or f[n] is None else float(f[n]) for f in people]
        for n, k in TYPES.items()
    }
    path = tmp_path / "f.parquet"
    pl.DataFrame(data, schema=TYPES).write_parquet(path)
    wanted = frozenset(TYPES)
    whole, bad = read_table(path, catalogue=CATALOGUE)
    pieces = list(TableFile(path, CATALOGUE, wanted, piece=17).pieces())
    assert bad == []
    assert sum(p.rows for p in pieces) == whole.rows == 100
    assert [row for p in pieces for row in (p.firm(n) for n in range(p.rows))] == [
        whole.firm(n) for n in range(100)
    ]
    assert set(NUMBERS) <= set(whole.columns)
    with pytest.raises(BadTable):
        TableFile(tmp_path / "f.doc", CATALOGUE, wanted)


def test_a_catalogue_names_each_fact_once():
    with pytest.raises(ValueError, match="甲"):
        Catalogue.of([{"key": "甲", "english": "a"}, {"key": "乙", "english": "b", "names": ["甲"]}])
