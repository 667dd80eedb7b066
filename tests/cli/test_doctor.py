"""`gongjian doctor`: each check has its level, its sentence and what to do; the worst is the exit code."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db.migrations.recorder import MigrationRecorder

from gongjian.cli import backup
from gongjian.cli.checks import finding, folder, options, records
from gongjian.cli.checks.finding import Severity
from gongjian.cli.main import main
from tests.cli.running import gongjian
from tests.factories import AT


@pytest.fixture
def home(settings, tmp_path):
    """A closed folder with a key."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir(mode=0o700)
    (settings.HOME / "secret_key").write_text("key")
    (settings.HOME / "secret_key").chmod(0o600)
    return settings.HOME


@pytest.mark.parametrize(
    ("names", "level"),
    [(["*"], Severity.WARNING), ([""], Severity.FAULT), (["gongjian.example"], Severity.OK)],
)
def test_hosts(settings, names, level):
    settings.ALLOWED_HOSTS = names
    assert options.hosts().level is level


def test_https_and_debug(settings):
    assert (options.https().level, options.debug().level) == (Severity.WARNING, Severity.OK)
    settings.SESSION_COOKIE_SECURE, settings.DEBUG = True, True
    assert "GONGJIAN_PROXIES=1" in options.https().do
    settings.PROXIES = 1
    assert (options.https().level, options.debug().level) == (Severity.OK, Severity.FAULT)


def test_modes_of_folder_and_files(home):
    assert folder.modes().level is Severity.OK
    (home / "secret_key").chmod(0o640)
    found = folder.modes()
    assert (found.level, "secret_key" in found.says) == (Severity.WARNING, True)
    home.chmod(0o755)
    found = folder.modes()
    assert (found.level, found.do) == (Severity.FAULT, f"请运行 chmod -R go= '{home}'")


@pytest.mark.parametrize(
    ("free", "level"), [(1e8, Severity.FAULT), (1e9, Severity.WARNING), (9e9, Severity.OK)]
)
def test_room_on_the_disk(home, monkeypatch, free, level):
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=free))
    assert folder.disk().level is level


def test_files_that_come_with_the_installation(monkeypatch, tmp_path):
    monkeypatch.setattr(folder, "VENDOR", tmp_path)
    assert folder.assets().level is Severity.OK
    monkeypatch.setattr(folder, "LOCALE", tmp_path)
    assert folder.assets().level is Severity.FAULT


@pytest.mark.parametrize(("days", "level"), [(1, Severity.OK), (8, Severity.WARNING), (31, Severity.FAULT)])
def test_age_of_the_last_back_up(home, days, level):
    assert folder.last_backup(AT).level is Severity.WARNING
    file = home.parent / "b.zip"
    file.write_bytes(b"zip")
    backup.record_backup(home, file, at=AT - timedelta(days=days))
    found = folder.last_backup(AT)
    assert found.level is level
    assert f"{days} 天前" in found.says
    assert str(file) in found.says


def test_a_clock_before_the_program(db):
    found = records.clock(datetime(1970, 1, 2, tzinfo=UTC))
    assert (found.level, "早于本程序" in found.says) == (Severity.FAULT, True)


def test_a_clock_behind_the_last_event(db):
    from tests.factories import EventFactory

    EventFactory(at=AT)
    assert records.clock(AT).level is Severity.OK
    found = records.clock(AT - timedelta(minutes=6))
    assert (found.level, "早于最近一条留痕" in found.says) == (Severity.FAULT, True)


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (datetime(2026, 6, 1, tzinfo=UTC), Severity.OK),
        (datetime(2026, 11, 24, tzinfo=UTC), Severity.WARNING),
        (datetime(2030, 6, 1, tzinfo=UTC), Severity.FAULT),
    ],
)
def test_the_calendar_of_this_year_and_the_next(db, monkeypatch, day, level):
    from gongjian.assignments.calendar import queries as calendar
    from gongjian.engines.workdays.announcements import load_years

    years = {year: notice for year, notice in load_years(()).notices.items() if year <= 2026}
    monkeypatch.setattr(calendar, "current_calendar", lambda: SimpleNamespace(notices=years))
    assert records.calendar(day).level is level


def test_migrations(db):
    assert records.migrations().level is Severity.OK
    last = MigrationRecorder.Migration.objects.filter(app="problems").last()
    last.delete()
    assert records.migrations().do == "请停止服务，运行 gongjian upgrade"
    MigrationRecorder.Migration.objects.create(app="problems", name="9999_later")
    assert "比程序新" in records.migrations().says


def test_the_worst_is_the_exit_code_and_stands_in_the_json(db, settings, monkeypatch, capsys):
    settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE = ["gongjian.example"], True
    settings.PROXIES = 1
    for name in ("modes", "disk", "assets"):
        monkeypatch.setattr(folder, name, lambda name=name: finding.ok(name, "well"))
    monkeypatch.setattr(folder, "last_backup", lambda _now: finding.ok("backup", "well"))
    monkeypatch.setattr(records, "calendar", lambda _now: finding.ok("calendar", "well"))
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["level"], told["home"]) == ("ok", str(settings.HOME))
    assert {check["name"] for check in told["checks"]} == {
        "migrations",
        "channels",
        "anchor",
        "assets",
        "hosts",
        "https",
        "debug",
        "modes",
        "disk",
        "backup",
        "clock",
        "calendar",
        "ladder",
        "chain",
        "search",
    }
    settings.ALLOWED_HOSTS = ["*"]
    assert main(["doctor"]) == 1
    assert "! HOSTS 为 *" in capsys.readouterr().out
    settings.DEBUG = True
    assert main(["doctor", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["level"] == "fault"


def test_no_instance_is_a_fault_in_json_too(tmp_path):
    told = json.loads(gongjian(tmp_path / "none", "doctor", "--json", code=2))
    assert [check["name"] for check in told["checks"]] == ["instance"]
    assert str(tmp_path / "none") in told["checks"][0]["do"]
