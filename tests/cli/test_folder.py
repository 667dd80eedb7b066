"""Commands on a folder that is no instance refuse it and make nothing; `init` and `restore` make one for this user alone."""

import json
import os
import subprocess
import sys

import pytest

from gongjian.cli.main import COMMANDS
from tests.cli.running import ROOT, environment, gongjian

WITHOUT = {
    "demo",
    "init",
    "restore",
    "intake",
    "match",
    "policies",
    "forecast",
}  # make an instance, or need none
WORDS = {
    "account": ["list"],
    "backup": ["x.zip"],
    "bulletin": ["x.docx", "--by", "clerk", "--from", "2026-11-01", "--to", "2026-11-30"],
    "import": ["units", "x.xlsx"],
    "export": ["units", "x.xlsx"],
    "ledger": ["x.xlsx"],
    "template": ["problems", "x.xlsx", "y.xlsx"],
}


@pytest.mark.slow(30)
@pytest.mark.parametrize("name", sorted({*COMMANDS} - WITHOUT))
def test_a_folder_that_is_no_instance_is_refused_and_left_alone(tmp_path, name):
    place = tmp_path / "place"
    place.mkdir()
    code = 2 if name == "doctor" else 1
    words = [name, *WORDS.get(name, [])]
    told = gongjian(None, *words, code=code, cwd=place)
    assert f"文件夹 {place / 'data'} 不是攻坚的实例" in told
    assert "GONGJIAN_HOME" in told
    assert list(place.iterdir()) == []
    empty = tmp_path / "empty"
    empty.mkdir()
    told = gongjian(None, *words, f"--home={empty}", code=code, cwd=place, GONGJIAN_LANGUAGE="en")
    assert f"The folder {empty} is not an instance of Gongjian." in told
    assert list(empty.iterdir()) == []


@pytest.mark.slow
def test_what_an_older_version_left_by_accident_is_no_instance(tmp_path):
    """A key and an empty database: what `verify` in a wrong folder used to make."""
    (tmp_path / "secret_key").write_text("key")
    assert "不是攻坚的实例" in gongjian(tmp_path, "backup", tmp_path / "x.zip", code=1)
    (tmp_path / "gongjian.sqlite3").write_bytes(b"")
    assert "不是攻坚的实例" in gongjian(tmp_path, "verify", code=1)
    (tmp_path / "gongjian.sqlite3").unlink()
    code = f"import sqlite3; sqlite3.connect({str(tmp_path / 'gongjian.sqlite3')!r}).execute('CREATE TABLE t (n)')"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert "不是攻坚的实例" in gongjian(tmp_path, "verify", code=1)
    assert not (tmp_path / "x.zip").exists()


def test_importing_the_settings_makes_nothing(tmp_path):
    code = "from gongjian.conf import settings; print(settings.HOME, len(settings.SECRET_KEY) > 40)"
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(None, PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told == f"{tmp_path / 'data'} True\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow(20)
def test_init_speaks_the_language_of_the_office_and_no_word_of_migrations(tmp_path):
    chinese = gongjian(tmp_path / "zh", "init", "--city", "安川市", LANG="en_US.UTF-8")
    assert "已建立。系统管理员：admin" in chinese
    english = gongjian(tmp_path / "en", "init", "--city", "Anchuan", "--language", "en")
    assert "System administrator: admin  one-time password:" in english
    for told in (chinese, english):
        assert len(told.splitlines()) == 3
        assert "igrat" not in told
        assert "Applying" not in told
    assert "已经建立过" in gongjian(tmp_path / "zh", "init", "--city", "安川市", code=1)
    for place in ("", "secret_key", "gongjian.sqlite3"):
        assert (tmp_path / "zh" / place).stat().st_mode & 0o077 == 0, place


@pytest.mark.slow
def test_restoring_what_is_no_back_up_makes_no_folder(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no zip")
    for file, why in (("x.zip", "不是本产品的备份文件"), ("none.zip", "请检查路径")):
        assert why in gongjian(tmp_path / "new", "restore", tmp_path / file, code=1)
    assert not (tmp_path / "new").exists()


def test_the_language_goes_before_or_after_the_command():
    for words in (["--language", "en", "verify"], ["verify", "--language", "en"]):
        assert "verify the trail" in gongjian(None, *words, "--help")
    assert "核验留痕链" in gongjian(None, "verify", "--help")
    assert "invalid choice" in gongjian(None, "--language", "fr", "verify", code=2)


def test_a_sentence_with_a_number_is_english_too(monkeypatch):
    from gongjian.cli import language

    monkeypatch.setitem(os.environ, "GONGJIAN_LANGUAGE", "en")
    assert language.gettext("数据库结构缺 %(n)s 步升级") == "The database lacks %(n)s migrations"
    assert language.django_code() == "en"
    assert json.dumps(language.gettext("没有这句话")) == json.dumps("没有这句话")


def test_the_demo_tells_how_to_call_it(settings, tmp_path):
    from gongjian.cli import demo

    settings.HOME = tmp_path / "a folder"
    told = demo._how_to_call()
    command = told.splitlines()[1].strip()
    assert command.startswith(f"GONGJIAN_HOME='{tmp_path}/a folder' GONGJIAN_DEMO=yes /")
    assert command.endswith("/gongjian doctor")
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"}
    )
    assert f"文件夹 {settings.HOME} 不是攻坚的实例" in done.stdout
