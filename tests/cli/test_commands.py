"""Each command does what its help says, and answers bad input with a sentence and the code 1."""

import io
import json
import zipfile
from datetime import date

import docx
import pytest
from django.db import connection

from gongjian.audit import models as audit_models
from gongjian.audit.models import Event
from gongjian.cli.main import COMMANDS, main
from gongjian.people.models import Account
from gongjian.problems import services as problems
from tests import scenes
from tests.factories import AT, AccountFactory
from tests.papers.reading import plain
from tests.superior_templates.blank_books import firm_summary, made, payout_list, visit_log
from tests.superior_templates.blank_books import plain as plain_form


@pytest.fixture
def c(db):
    return scenes.city()


def said(capsys):
    told = capsys.readouterr()
    return told.out + told.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as stop:
        main([name, "--help"])
    assert stop.value.code == 0
    assert f"gongjian {name}" in said(capsys)


def test_init_makes_the_city_and_one_administrator_once(db, capsys):
    assert main(["init", "--city", "安川市", "--admin", "boss"]) == 0
    account = Account.objects.get()
    told = said(capsys)
    password = told.split("一次性密码：")[1].split()[0]
    assert account.check_password(password)
    assert (account.username, account.must_change_password) == ("boss", True)
    assert main(["init", "--city", "安川市"]) == 1
    assert "已经建立过" in said(capsys)


def test_bulletin_writes_the_word_file(c, tmp_path, capsys):
    c.clerk.username = "clerk"
    c.clerk.save()
    file = tmp_path / "brief.docx"
    assert main(["bulletin", str(file), "--by", "clerk", "--from", "2026-11-23", "--to", "2026-11-24"]) == 0
    assert "安川市全力拼经济工作情况" in plain(file.read_bytes())
    assert main(["bulletin", str(file), "--by", "nobody", "--from", "2026-11-23", "--to", "2026-11-24"]) == 1
    assert "没有可以编简报的账号“nobody”" in said(capsys)
    place = str(tmp_path / "missing" / "brief.docx")
    assert main(["bulletin", place, "--by", "clerk", "--from", "2026-11-22", "--to", "2026-11-24"]) == 1
    assert "找不到" in said(capsys)


def test_ledger_writes_the_workbook_of_an_area(c, tmp_path, capsys):
    problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=AT)
    file = tmp_path / "ledger.xlsx"
    for area, rows in ((None, 1), ("临河区", 1), ("北岭区", 0)):
        assert main(["ledger", str(file), *(["--area", area] if area else [])]) == 0
        assert said(capsys).startswith(f"{rows} 个问题")
    assert zipfile.is_zipfile(file)
    assert main(["ledger", str(file), "--area", "无名区"]) == 1
    assert "没有地区“无名区”" in said(capsys)


def test_verify_names_the_first_broken_event(c, capsys):
    problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=AT)
    assert main(["verify"]) == 0
    assert "留痕链完整" in said(capsys)
    with connection.cursor() as cursor:
        audit_models.remove_triggers(connection.vendor, cursor.execute)
    last = Event.objects.latest("seq")
    Event.objects.filter(pk=last.pk).update(by_name="别人")
    assert main(["verify"]) == 1
    assert f"留痕链在第 {last.seq} 条断开" in said(capsys)


def test_doctor_says_what_is_fit(db, capsys):
    main(["doctor"])
    told = said(capsys)
    assert "✓ 数据库结构是最新的" in told
    assert "✓ 留痕链完整" in told


def test_doctor_lists_every_option(capsys):
    assert main(["doctor", "--options"]) == 0
    assert "GONGJIAN_DATABASE=" in said(capsys)


def test_tick_may_run_any_number_of_times(db):
    AccountFactory()
    assert [main(["tick"]), main(["tick"])] == [0, 0]


REPORT = "2月18日上午，安川市产业突围“七大攻坚战”动员大会在市会议中心召开。市委书记陆承远出席会议并讲话。"


def test_intake_prints_or_writes_drafts(tmp_path, capsys):
    source, target = tmp_path / "report.txt", tmp_path / "out.json"
    source.write_text(REPORT, encoding="gb18030")
    assert main(["intake", str(source), "--published", "2024-02-20"]) == 0
    printed = json.loads(said(capsys))
    assert main(["intake", str(source), "--published", "2024-02-20", "--json", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8")) == printed
    assert [event["type"] for event in printed["events"]] == ["mobilisation"]
    assert [person["name"] for person in printed["people"]] == ["陆承远"]
    assert date.fromisoformat(printed["events"][0]["date_start"]) == date(2024, 2, 18)


def word_file(text):
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def test_intake_reads_word_files(tmp_path, capsys):
    source = tmp_path / "report.docx"
    source.write_bytes(word_file(REPORT))
    assert main(["intake", str(source), "--published", "2024-02-20"]) == 0
    assert "陆承远" in said(capsys)


@pytest.mark.parametrize(
    "file",
    [
        ("empty.txt", b"  \n", "文件是空的"),
        ("big.txt", b"a" * (20 * 1024 * 1024), "超过 10 MB 上限"),
        ("program.docx", b"MZ\x90\x00" * 400, "文件已经损坏"),
        ("program.txt", bytes(range(256)) * 40, "读不出文字"),
        ("picture.pdf", b"%PDF-1.7", "文件已经损坏"),
        ("scan.docx", word_file(" "), "没有文字"),
    ],
)
def test_intake_answers_a_bad_file_with_what_to_do(tmp_path, capsys, file):
    name, content, sentence = file
    file = tmp_path / name
    file.write_bytes(content)
    assert main(["intake", str(file)]) == 1
    assert sentence in said(capsys)


def test_intake_answers_bad_registers_and_missing_files(tmp_path, capsys):
    source, registers = tmp_path / "report.txt", tmp_path / "registers.json"
    source.write_text(REPORT, encoding="utf-8")
    registers.write_text('{"persons": [}', encoding="utf-8")
    assert main(["intake", str(source), "--registers", str(registers)]) == 1
    assert "不是有效的 JSON" in said(capsys)
    registers.write_bytes(b"\xff\xfe\x00")
    assert main(["intake", str(source), "--registers", str(registers)]) == 1
    assert "UTF-8" in said(capsys)
    assert main(["intake", str(tmp_path / "none.txt")]) == 1
    assert "none.txt。请检查路径" in said(capsys)


def test_a_superiors_form_is_filled_and_says_what_nobody_knows(c, tmp_path, capsys):
    problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=AT)
    blank, file = tmp_path / "blank.xlsx", tmp_path / "filled.xlsx"
    blank.write_bytes(made(plain_form))
    for area, rows in ((None, 1), ("临河区", 1), ("北岭区", 0)):
        words = ["template", "problems", str(blank), str(file), *(["--area", area] if area else [])]
        assert main(words) == 0
        assert said(capsys).startswith(f"{rows} 行")
    blank.write_bytes(made(visit_log))
    assert main(["template", "visits", str(blank), str(file)]) == 3
    assert "认不得的表头，留空：企业获得感" in said(capsys)
    for ledger, form in (("firms", firm_summary), ("payouts", payout_list)):
        blank.write_bytes(made(form))
        assert main(["template", ledger, str(blank), str(file)]) == 3
        assert zipfile.is_zipfile(file)
    assert main(["template", "problems", str(blank), str(file), "--area", "无名区"]) == 1
