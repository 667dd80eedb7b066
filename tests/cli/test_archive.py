"""The file of a back-up is whole or not there; putting it back makes every file what it was."""

import zipfile

import pytest

from gongjian.audit import Refused
from gongjian.cli import archive, counts, upgrading
from tests.cli.running import contents


@pytest.fixture
def home(tmp_path):
    """A folder with one of everything."""
    folder = tmp_path / "home"
    for name, content in {
        "gongjian.sqlite3": b"database",
        "gongjian.sqlite3-wal": b"",
        "secret_key": b"key",
        "in-use.lock": b"",
        "upgrade.json": b"{}",
        "attachments/ab/abc": b"file",
        "models/who.npz": b"learnt",
        "backups/old.zip": b"old",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "secret_key").chmod(0o600)
    return folder


@pytest.fixture
def saved(home, tmp_path):
    """All of it, as an upgrade saves it."""
    file = tmp_path / "saved.zip"
    archive.save(file, [("gongjian.sqlite3", home / "gongjian.sqlite3"), *archive.files_of(home)])
    return file


def test_what_only_a_running_process_needs_is_not_saved(home):
    assert [name for name, _place in archive.files_of(home)] == [
        "attachments/ab/abc",
        "models/who.npz",
        "secret_key",
    ]
    assert [name for name, _place in archive.attachments_of(home)] == ["attachments/ab/abc"]


def test_every_file_comes_back_and_nothing_else_stays(home, saved):
    (home / "gongjian.sqlite3-wal").unlink()
    before = contents(home)
    (home / "gongjian.sqlite3").write_bytes(b"another")
    (home / "gongjian.sqlite3-wal").write_bytes(b"journal of another")
    (home / "secret_key").write_bytes(b"yek")
    (home / "attachments/ab/abc").unlink()
    (home / "attachments/new").mkdir()
    (home / "attachments/new/file").write_bytes(b"new")
    archive.restore_files(home, saved)
    assert contents(home) == before
    assert not (home / "attachments/new").exists()
    assert (home / "backups/old.zip").read_bytes() == b"old"


def test_the_same_length_is_not_the_same(home, saved):
    with zipfile.ZipFile(saved) as opened:
        assert archive.is_as_archived(opened, "secret_key", home / "secret_key")
        (home / "secret_key").write_bytes(b"yek")
        assert not archive.is_as_archived(opened, "secret_key", home / "secret_key")
        assert not archive.is_as_archived(opened, "secret_key", home / "missing")


def test_a_back_up_is_whole_or_not_there(home, tmp_path):
    file = tmp_path / "half.zip"
    with pytest.raises(FileNotFoundError):
        archive.save(file, [("secret_key", home / "secret_key"), ("gone", home / "gone")])
    assert not list(tmp_path.glob("half*"))
    archive.save(file, [("secret_key", home / "secret_key")])
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        archive.save(file, [])


def test_the_database_inside_is_named_or_the_file_refused(home, saved, tmp_path):
    with zipfile.ZipFile(saved) as opened:
        assert archive.database_of(opened) == "gongjian.sqlite3"
    file = tmp_path / "other.zip"
    archive.save(file, [("secret_key", home / "secret_key")])
    with zipfile.ZipFile(file) as opened, pytest.raises(Refused, match="不是本产品的备份文件"):
        archive.database_of(opened)


def test_tables_that_lost_gained_or_vanished_are_told_unless_meant():
    before = {"a": 1, "b": 2, "c": 3, "d": 4, "django_migrations": 5}
    after = {"a": 1, "b": 1, "c": 4, "new": 7, "django_migrations": 6}

    class Meant:
        rows_change = ("c",)

    assert counts.differences(before, after) == [
        "数据表 b：升级前 2 行，升级后 1 行",
        "数据表 c：升级前 3 行，升级后 4 行",
        "数据表 d：升级前 4 行，升级后 没有了 行",
    ]
    meant = counts.tables_meant_to_change([Meant(), object()])
    assert [told.split("：")[0] for told in counts.differences(before, after, meant=meant)] == [
        "数据表 b",
        "数据表 d",
    ]


@pytest.mark.django_db
def test_rows_are_counted_table_by_table_without_the_shadows_of_an_index():
    from tests.factories import AccountFactory

    before = counts.row_counts()
    AccountFactory()
    after = counts.row_counts()
    assert after["people_account"] == before["people_account"] + 1
    assert not [name for name in after if name.endswith(("_fts", "_config", "_docsize", "_idx"))]


def test_two_upgrades_within_one_second_keep_both_backups(tmp_path):
    assert upgrading._free_name(tmp_path, "before-upgrade-20261201-203803").name.endswith("-203803.zip")
    (tmp_path / "before-upgrade-20261201-203803.zip").touch()
    assert upgrading._free_name(tmp_path, "before-upgrade-20261201-203803").name.endswith("-203803-2.zip")
