"""Every command as an operator runs it: a fresh process, on real input, in an instance and outside of one."""

import io
import os
import signal
import subprocess
import zipfile

import docx
import pytest

from gongjian.cli.main import COMMANDS
from tests import migrated
from tests.cli.running import COMMAND, environment, gongjian, python
from tests.engines.policy.test_matching import folder_of_rules
from tests.superior_templates.blank_books import made, plain

REPORT = "2月18日上午，安川市产业突围“七大攻坚战”动员大会在市会议中心召开。市委书记陆承远出席会议并讲话。"
FIRMS = "企业名称,统一社会信用代码,用电量@2026-01\n安川海拓机械有限公司,,120\n"
DAYS = ("--from", "2026-11-23", "--to", "2026-11-24")
ON = ("--as-of", "2026-11-24")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An instance with an administrator and a clerk."""
    home = tmp_path_factory.mktemp("fresh") / "instance"
    migrated.put_into(home)
    gongjian(home, "init", "--city", "安川市")
    python(home, "tests.cli.add_clerk")
    return home


@pytest.fixture
def files(tmp_path):
    """What the commands are given to read."""
    (tmp_path / "report.txt").write_text(REPORT, encoding="gb18030")
    (tmp_path / "units.csv").write_text("单位名称,主要职责\n安川市外办,外事\n", encoding="gb18030")
    (tmp_path / "firms.csv").write_text(FIRMS, encoding="utf-8")
    months = "".join(f"{year}年{month}月,10\n" for year in range(2022, 2026) for month in range(1, 13))
    (tmp_path / "figures.csv").write_text(f"月份,数值\n{months}", encoding="gb18030")
    folder_of_rules(tmp_path)
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(REPORT)
    document.save(out)
    (tmp_path / "report.docx").write_bytes(out.getvalue())
    (tmp_path / "blank.xlsx").write_bytes(made(plain))
    (tmp_path / "program.docx").write_bytes(b"MZ\x90\x00" * 400)
    return tmp_path


# command -> its words (relative to the folder of files), its exit code, and what it says; in an instance.
IN_AN_INSTANCE = {
    "demo": (("demo", "--help"), 0, "gongjian demo"),  # built by `test_the_invented_city_is_built`
    "init": (("init", "--city", "安川市"), 1, "已经建立过"),
    "tick": (("tick",), 0, ""),
    "account": (("account", "list"), 0, "clerk"),
    "backtest": (("backtest",), 1, "不足 50 个"),
    "intake": (("intake", "report.txt"), 0, "陆承远"),
    "bulletin": (("bulletin", "brief.docx", "--by", "clerk", "--again", *DAYS), 0, "个数字，已写入"),
    "ledger": (("ledger", "ledger.xlsx"), 0, "0 个问题"),
    "template": (("template", "problems", "blank.xlsx", "filled.xlsx"), 0, "0 行"),
    "import": (("import", "units", "units.csv", "--dry-run"), 0, "新增 1"),
    "export": (("export", "units", "units.xlsx"), 0, "已写入"),
    "match": (("match", "firms.csv", "rules", "--out", "out.csv", *ON), 0, "1 户"),
    "policies": (("policies", "check", "rules"), 0, "1 项政策"),
    "forecast": (("forecast", "figures.csv", "--as-of", "2025-02"), 0, "预计全年 120"),
    "backup": (("backup", "backup.zip"), 0, "已备份到"),
    "restore": (("restore", "report.txt"), 1, "里已有数据库"),
    "upgrade": (("upgrade",), 0, "不用升级"),
    "doctor": (("doctor", "--options"), 0, "GONGJIAN_DATABASE="),
    "verify": (("verify",), 0, "留痕链完整"),
}
OUTSIDE = {
    "tick": (("tick",), 1, "不是攻坚的实例"),
    "serve": (("serve", "--port", "0"), 1, "不是攻坚的实例"),
    "account": (("account", "list"), 1, "不是攻坚的实例"),
    "backtest": (("backtest",), 1, "不是攻坚的实例"),
    "intake": (("intake", "report.docx"), 0, "陆承远"),
    "bulletin": (("bulletin", "brief.docx", "--by", "clerk", *DAYS), 1, "不是攻坚的实例"),
    "ledger": (("ledger", "ledger.xlsx"), 1, "不是攻坚的实例"),
    "template": (("template", "problems", "blank.xlsx", "filled.xlsx"), 1, "不是攻坚的实例"),
    "import": (("import", "units", "units.csv"), 1, "不是攻坚的实例"),
    "export": (("export", "units", "units.xlsx"), 1, "不是攻坚的实例"),
    "match": (("match", "firms.csv", "rules", "--out", "out.csv", *ON), 0, "1 户"),
    "policies": (("policies", "check", "rules"), 0, "1 项政策"),
    "forecast": (("forecast", "figures.csv", "--as-of", "2025-02"), 0, "预计全年 120"),
    "backup": (("backup", "backup.zip"), 1, "不是攻坚的实例"),
    "restore": (("restore", "report.txt"), 1, "不是本产品的备份文件"),
    "upgrade": (("upgrade",), 1, "不是攻坚的实例"),
    "doctor": (("doctor",), 2, "实例打不开"),
    "verify": (("verify",), 1, "不是攻坚的实例"),
}
ELSEWHERE = {"serve", "demo", "init"}  # have a test of their own below, in an instance or outside


def test_the_tables_name_every_command():
    assert set(IN_AN_INSTANCE) | ELSEWHERE == set(COMMANDS) == set(OUTSIDE) | ELSEWHERE


@pytest.mark.parametrize("name", IN_AN_INSTANCE)
def test_a_command_works_in_an_instance(name, home, files):
    words, code, says = IN_AN_INSTANCE[name]
    told = gongjian(home, *words, code=code, cwd=files)
    assert says in told
    assert "Traceback" not in told


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_command_works_or_says_why_not_outside_an_instance(name, files):
    words, code, says = OUTSIDE[name]
    told = gongjian(files / "nothing", *words, code=code, cwd=files)
    assert says in told
    assert "Traceback" not in told


@pytest.mark.parametrize("words", [("intake", "program.docx"), ("intake", "none.txt"), ("intake", ".")])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_bad_file_is_answered_with_a_sentence_in_the_language_asked_for(words, language, files):
    told = gongjian(None, "--language", language, *words, code=1, cwd=files)
    assert len(told.splitlines()) == 1
    assert ("请" in told) is (language == "zh")


def test_the_server_answers_and_stops(home, files):
    words = [COMMAND, "serve", "--port", "0"]
    # its own group: the routine run is a process beside it
    server = subprocess.Popen(
        words,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert server.stdout.readline().startswith("http://")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        rest = server.communicate(timeout=60)[0]
    assert "Traceback" not in rest


@pytest.mark.slow
def test_the_invented_city_is_built(tmp_path):
    migrated.put_into(tmp_path / "demo")
    gongjian(tmp_path, "demo", "--no-serve")
    assert "留痕链完整" in gongjian(tmp_path / "demo", "verify")


def test_what_was_written_can_be_opened(home, files):
    gongjian(home, "bulletin", files / "brief.docx", "--by", "clerk", "--again", *DAYS)
    gongjian(home, "ledger", files / "ledger.xlsx")
    assert all(zipfile.is_zipfile(files / name) for name in ("brief.docx", "ledger.xlsx"))
