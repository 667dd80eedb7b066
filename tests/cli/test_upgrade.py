"""`gongjian upgrade`: through, or back as it was: every file byte for byte."""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import zipfile
from contextlib import closing, contextmanager

import pytest

from samples import cluster
from tests import migrated
from tests.cli.running import COMMAND, PLANTED, contents, environment, gongjian, python
from tests.journeys.server import free_port

pytestmark = pytest.mark.slow(20)
FILE = b"%PDF-1 of an instance"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small city with an attachment, made once; its last migrations not yet applied in `before`."""
    folder = tmp_path_factory.mktemp("upgrade")
    migrated.put_into(folder / "now")
    python(folder / "now", "tests.journeys.world", folder / "now", "late")
    digest = hashlib.sha256(FILE).hexdigest()
    kept = folder / "now" / "attachments" / digest[:2] / digest
    kept.parent.mkdir(parents=True)
    kept.write_bytes(FILE)
    shutil.copytree(folder / "now", folder / "before")
    python(folder / "before", "django", "migrate", "problems", "0008")
    python(folder / "before", "django", "migrate", "assignments", "0008")
    return folder


@pytest.fixture
def home(made, tmp_path):
    """An instance of this version."""
    return shutil.copytree(made / "now", tmp_path / "home")


@pytest.fixture
def older(made, tmp_path):
    """An instance of the version before."""
    return shutil.copytree(made / "before", tmp_path / "older")


def rows(home):
    with closing(sqlite3.connect(home / "gongjian.sqlite3")) as database:
        names = [n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {n: database.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}


def test_what_is_up_to_date_is_left_alone(home):
    before = contents(home)
    assert "不用升级" in gongjian(home, "upgrade")
    assert "没有中途停下的升级" in gongjian(home, "upgrade", "--back", code=1)
    assert contents(home) == before
    assert not (home / "backups").exists()


def test_from_the_schema_before_every_row_comes_along(older):
    before, head = rows(older), gongjian(older, "verify").split("链头")[1].split()[0]
    for command in (["serve"], ["tick"], ["ledger", older / "x.xlsx"]):
        assert "gongjian upgrade" in gongjian(older, *command, code=1)
    told = gongjian(older, "upgrade")
    assert "problems.0009_served" in told
    assert "升级完成" in told
    after = rows(older)
    assert {n: after[n] for n in before if n != "django_migrations"} == {
        n: before[n] for n in before if n != "django_migrations"
    }
    assert gongjian(older, "verify").split("链头")[1].split()[0] == head
    [saved] = (older / "backups").iterdir()
    assert saved.stat().st_mode & 0o077 == 0
    assert not (older / "upgrade.json").exists()
    assert "不用升级" in gongjian(older, "upgrade")
    gongjian(older, "tick")


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("fail", "ValueError: planted"),
        ("stop", "SIGTERM"),
        ("lose", "assignments_regime：升级前 18 行，升级后 17 行"),
        ("forge", "留痕链在第 3 条断开"),
    ],
)
def test_when_a_step_fails_the_instance_is_as_it_was(older, how, why):
    if os.geteuid() == 0:  # root works for the service's own user, and leaves the files to it
        subprocess.run(["chown", "-R", "65534:65534", older], check=True)
    before = contents(older)
    told = gongjian(older, "upgrade", code=1, **PLANTED, PLANTED=how)
    assert why in told
    assert "已经回到升级前" in told
    assert contents(older) == before
    [report] = (older / "backups").glob("*.log")
    assert "Traceback" in report.read_text()
    assert {file.stat().st_uid for file in older.rglob("*")} == {older.stat().st_uid}
    gongjian(older, "verify")
    assert "升级完成" in gongjian(older, "upgrade")


def test_an_upgrade_that_was_killed_closes_the_instance_until_it_went_back(older):
    before = contents(older)
    gongjian(older, "upgrade", code=-signal.SIGKILL, **PLANTED, PLANTED="kill")
    assert contents(older) != before
    for command in (["serve"], ["tick"], ["verify"], ["backup", older.parent / "x.zip"]):
        assert "gongjian upgrade --back" in gongjian(older, *command, code=1)
    assert "gongjian upgrade --back" in gongjian(older, "doctor", code=2)
    assert "已回到升级前" in gongjian(older, "upgrade", "--back")
    assert contents(older) == before


def test_an_upgrade_that_was_killed_starts_again_from_before(older):
    gongjian(older, "upgrade", code=-signal.SIGKILL, **PLANTED, PLANTED="kill")
    told = gongjian(older, "upgrade")
    assert "已回到升级前" in told
    assert "升级完成" in told
    assert "planted_table" not in rows(older)
    assert "留痕链完整" in gongjian(older, "verify")


def test_without_the_archive_there_is_no_way_back_and_it_says_so(older):
    gongjian(older, "upgrade", code=-signal.SIGKILL, **PLANTED, PLANTED="kill")
    [saved] = (older / "backups").glob("*.zip")
    saved.rename(older.parent / "moved.zip")
    assert f"找不到升级前的备份 {saved}" in gongjian(older, "upgrade", "--back", code=1)


@contextmanager
def served(home):
    port = free_port()
    server = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)], env=environment(home), stdout=subprocess.PIPE, text=True
    )
    try:
        assert str(port) in server.stdout.readline()
        yield server
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def test_it_refuses_while_a_server_runs_on_the_folder(home):
    with served(home):
        told = gongjian(home, "upgrade", code=1, **PLANTED, PLANTED="fail")
        assert "请先停止 gongjian serve" in told
        assert not (home / "backups").exists()
        assert "已备份到" in gongjian(home, "backup", home.parent / "running.zip")
    assert "planted" in gongjian(home, "upgrade", code=1, **PLANTED, PLANTED="fail")


def test_it_refuses_what_a_newer_version_has_used(home):
    with closing(sqlite3.connect(home / "gongjian.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_later', '')"
        )
    for command in ("upgrade", "serve"):
        assert "数据库比程序新" in gongjian(home, command, code=1)


def test_it_refuses_a_broken_chain_and_changes_nothing(older):
    with closing(sqlite3.connect(older / "gongjian.sqlite3")) as database, database:
        database.execute("DROP TRIGGER audit_event_no_update")
        database.execute("UPDATE audit_event SET by_name = 'x' WHERE seq = 3")
    assert "请先查明原因" in gongjian(older, "upgrade", code=1)
    assert not (older / "backups").exists()


def test_nobody_writes_between_the_back_up_and_the_migration(older):
    """A server of an older version leaves no lock: it is shut out by the database itself."""
    writer = (
        "import sqlite3, sys, time\n"
        f"database = sqlite3.connect({str(older / 'gongjian.sqlite3')!r}, timeout=0)\n"
        "database.execute('SELECT 1 FROM audit_event').fetchone()\n"
        "print('open', flush=True)\n"
        "time.sleep(60)\n"
    )
    before = contents(older)
    with subprocess.Popen(["python3", "-c", writer], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        told = gongjian(older, "upgrade", code=1)
        other.kill()
    assert "别的程序" in told
    assert not list((older / "backups").iterdir())
    now = contents(older)  # the killed reader leaves an empty journal behind
    assert {name: now[name] for name in before} == before


@pytest.mark.postgres
def test_on_postgresql_it_goes_back_to_its_own_dump(made, tmp_path):
    address = cluster.start()
    if address is None:
        pytest.skip("PostgreSQL server programs are missing: apt-get install postgresql")
    home = tmp_path / "pg"
    on = {"GONGJIAN_DATABASE": address}
    gongjian(home, "init", "--city", "安川市", **on)
    head = gongjian(home, "verify", **on)
    before = contents(home)
    assert "请安装 postgresql-client" in gongjian(
        home, "upgrade", code=1, **PLANTED, PLANTED="fail", **on, PATH="/nonexistent"
    )
    told = gongjian(home, "upgrade", code=1, **PLANTED, PLANTED="lose", **on)
    assert "已经回到升级前" in told
    assert contents(home) == before
    assert gongjian(home, "verify", **on) == head
    assert "不用升级" in gongjian(home, "upgrade", **on)
    archive = tmp_path / "pg.zip"
    gongjian(home, "backup", archive, **on)
    assert "database.sql" in zipfile.ZipFile(archive).namelist()
    subprocess.run(["psql", address, "-q", "-c", "CREATE DATABASE other"], check=True)
    other = {"GONGJIAN_DATABASE": address.replace("/postgres", "/other")}
    assert head in gongjian(tmp_path / "other", "restore", archive, **other)
    assert "已有数据表" in gongjian(tmp_path / "third", "restore", archive, code=1, **on)
    assert "来自 PostgreSQL" in gongjian(tmp_path / "third", "restore", archive, code=1)
