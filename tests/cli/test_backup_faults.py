"""Back-up and restore under fault: killed at every step, a full disk, damaged files; whole or not there, and a sentence."""

import errno
import fcntl
import hashlib
import os
import resource
import signal
import sqlite3
import sys
import traceback
import zipfile
from contextlib import closing

import pytest
from hypothesis import given, settings, strategies

from gongjian.audit import Refused
from gongjian.cli import archive, backup, failures, instance, restoring
from gongjian.cli.main import main
from gongjian.cli.scratch import PREFIX, scratch
from tests.cli.running import contents
from tests.factories import AT, AttachmentFactory

STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "fcntl.flock"}
CONTENTS = (b"%PDF-1 one" * 5000,)


def in_a_child(act):
    """Whether the act came to its end in a process of its own."""
    child = os.fork()
    if not child:
        try:
            act()
        except BaseException:  # noqa: BLE001  told where the output of the child is shown
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


def killed_at(step, act):
    """Whether the act, killed when it touches files for the n-th time, has fewer steps than that."""

    def run():
        touched = 0

        def count(event, _arguments):
            nonlocal touched
            if event not in STEPS:
                return
            touched += 1
            if touched == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        act()

    return in_a_child(run)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with a database, a key, an attachment."""
    home = tmp_path_factory.mktemp("faults") / "home"
    for content in CONTENTS:
        digest = hashlib.sha256(content).hexdigest()
        place = home / "attachments" / digest[:2] / digest
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        place.chmod(0o600)
    (home / "secret_key").write_bytes(b"key")
    (home / "secret_key").chmod(0o600)
    with closing(sqlite3.connect(home / "gongjian.sqlite3")) as database, database:
        database.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, word TEXT)")
        database.execute("CREATE TABLE people_session (session_key TEXT)")
        database.executemany("INSERT INTO t (word) VALUES (?)", [("x" * 500,)] * 100)
    (home / "gongjian.sqlite3").chmod(0o600)
    return home


def entries(home):
    return [(name, home / name) for name in ("gongjian.sqlite3", "secret_key")] + [
        *archive.attachments_of(home)
    ]


@pytest.fixture(scope="module")
def saved(home):
    file = home.parent / "saved.zip"
    archive.save(file, entries(home))
    return file


def test_a_back_up_that_is_killed_anywhere_leaves_no_half_under_its_name(home, tmp_path):
    file, step = tmp_path / "b.zip", 1
    while not killed_at(step, lambda: archive.save(file, entries(home))):
        if file.exists():
            assert zipfile.ZipFile(file).testzip() is None
            file.unlink()
        step += 1
    assert step > 8
    with zipfile.ZipFile(file) as opened:
        digests = archive.listed_digests(opened)
    assert {hashlib.sha256(content).hexdigest() for content in CONTENTS} < set(digests.values())
    assert [place.name for place in tmp_path.iterdir()] == ["b.zip"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_restoring_that_is_killed_anywhere_leaves_no_instance_and_begins_anew(home, saved, tmp_path):
    folder, step = tmp_path / "new", 1
    folder.mkdir(mode=0o700)
    while not killed_at(step, lambda: restoring.restore(saved, folder)):
        if (folder / "gongjian.sqlite3").exists():
            assert (folder / "gongjian.sqlite3").read_bytes() == (home / "gongjian.sqlite3").read_bytes()
            (folder / "gongjian.sqlite3").unlink()
        step += 1
    assert step > 15
    assert contents(folder) == contents(home)
    assert not list(folder.glob(f"{PREFIX}*"))
    assert {place.stat().st_mode & 0o777 for place in folder.rglob("*") if place.is_dir()} == {0o700}


def test_a_full_disk_is_a_sentence_and_leaves_nothing(home, tmp_path):
    def act():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        with pytest.raises(OSError) as told:  # noqa: PT011  of whatever kind, the sentence counts
            archive.save(tmp_path / "b.zip", entries(home))
        assert failures.of_file(told.value).startswith(f"磁盘满了，{tmp_path / 'b.zip'} 没有写成")
        with pytest.raises(sqlite3.Error) as failed:
            backup.copy_sqlite(home / "gongjian.sqlite3", tmp_path / "copy")
        assert "磁盘" in (failures.of_database(failed.value) or "")

    assert in_a_child(act)
    assert [place.name for place in tmp_path.iterdir() if place.name != "copy"] == []


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有读写"),
        (errno.EIO, "磁盘出错"),
        (errno.ELOOP, "读写失败"),
    ],
)
def test_what_the_system_could_not_do_is_a_sentence(number, says):
    told = failures.of_file(OSError(number, os.strerror(number), "/mnt/b.zip"))
    assert says in told
    assert "/mnt/b.zip" in told


def test_an_error_of_the_database_is_a_sentence_and_no_other_is(capsys, monkeypatch):
    def fail(_args):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(backup, "run", fail)
    assert main(["backup", "x.zip"]) == 1
    assert "只读" in capsys.readouterr().err
    assert failures.of_database(ValueError("x")) is None


def test_no_back_up_is_made_of_a_damaged_database(home, tmp_path):
    damaged = tmp_path / "damaged"
    content = bytearray((home / "gongjian.sqlite3").read_bytes())
    content[4096 * 3 : 4096 * 4] = os.urandom(4096)
    damaged.write_bytes(content)
    with pytest.raises((Refused, sqlite3.DatabaseError)) as told:
        backup.copy_sqlite(damaged, tmp_path / "copy")
    assert "损坏" in (failures.of_database(told.value) or str(told.value))


@settings(max_examples=60, deadline=None)
@given(where=strategies.floats(0, 1, exclude_max=True), bit=strategies.integers(0, 7))
def test_a_damaged_archive_is_refused_or_restores_the_same(*, home, saved, tmp_path_factory, where, bit):
    folder = tmp_path_factory.mktemp("damaged")
    content = bytearray(saved.read_bytes())
    content[int(where * len(content))] ^= 1 << bit
    (folder / "b.zip").write_bytes(content)
    try:
        restoring.kind_of(folder / "b.zip")
        restoring.restore(folder / "b.zip", folder / "new")
    except (Refused, FileNotFoundError):
        assert not (folder / "new" / "gongjian.sqlite3").exists()
    else:
        assert contents(folder / "new") == contents(home)


def test_what_is_not_as_the_list_of_digests_says_is_refused(saved, tmp_path):
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(tmp_path / "b.zip", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"another" if name == "secret_key" else old.read(name))
    with pytest.raises(Refused, match="摘要表不符（secret_key）"):
        restoring.restore(tmp_path / "b.zip", tmp_path)


@pytest.mark.django_db
def test_a_lost_attachment_is_named_and_the_back_up_made(home, settings, tmp_path):
    settings.HOME = home
    AttachmentFactory(digest=hashlib.sha256(CONTENTS[0]).hexdigest())
    AttachmentFactory(digest="ab" * 32)
    lost = backup.make(tmp_path / "b.zip", at=AT)
    assert lost == ["ab" * 32]
    assert "1 个附件" in backup.in_words(lost)
    assert zipfile.is_zipfile(tmp_path / "b.zip")


def test_a_running_instance_is_not_restored_over(*, saved, settings, tmp_path, monkeypatch, capsys):
    settings.HOME = tmp_path
    monkeypatch.setattr(instance, "_held", {})
    monkeypatch.setattr(instance, "PATIENCE", 0)
    with (tmp_path / "in-use.lock").open("w") as service:
        fcntl.flock(service, fcntl.LOCK_SH)
        assert main(["restore", str(saved)]) == 1
    assert "请先停止 gongjian serve" in capsys.readouterr().err
    assert [place.name for place in tmp_path.iterdir()] == ["in-use.lock"]


def test_two_back_ups_into_one_file_do_not_mix(home, tmp_path):
    with (tmp_path / "b.zip.part").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="另一个备份正在写"):
            archive.save(tmp_path / "b.zip", entries(home))


def test_the_folder_of_a_killed_process_is_swept_and_that_of_a_living_one_is_not(tmp_path):
    (tmp_path / f"{PREFIX}dead").mkdir()
    with scratch(tmp_path) as first, scratch(tmp_path) as second:
        assert {*tmp_path.iterdir()} == {first, second}
        assert first.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.iterdir())
