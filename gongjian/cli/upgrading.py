"""The steps of an upgrade, and the way back."""

import json
import os
import shutil
import zipfile
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, connections
from django.db.migrations import Migration
from django.utils import timezone

from gongjian.audit.refused import Refused
from gongjian.cli import archive, counts, instance, postgres
from gongjian.cli.language import gettext as _
from gongjian.cli.scratch import scratch

ROOM = 3  # times the database: the copy in the back-up apart, a rebuilt table, and the copy put back


def cut_short() -> Path | None:
    """The back-up made by an upgrade that was interrupted; None when there was none.

    If there is one, the folder is locked for this process alone.
    """
    mark = settings.HOME / instance.MARK
    if not mark.exists():
        return None
    instance.hold_alone()
    saved = Path(json.loads(mark.read_text(encoding="utf-8"))["archive"])
    if not saved.is_file():
        raise Refused(
            _("找不到升级前的备份 %(file)s。请把它放回原处；实在没有，请从另外的备份恢复到一个空文件夹。")
            % {"file": saved}
        )
    return saved


def check() -> list[Migration]:
    """The migrations that are still to be applied.

    Raises Refused when the instance is in use, damaged or newer than the program, or the disk is too small.
    """
    from django.db.migrations.executor import MigrationExecutor

    from gongjian.audit.queries import verify
    from gongjian.web.health import readiness

    instance.open_instance()
    if unknown := readiness.unknown_migrations():
        raise Refused(
            _("数据库比程序新（%(names)s）。请安装更新的版本，不要用旧程序升级。")
            % {"names": ", ".join(unknown)}
        )
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if plan:
        _refuse_in_use()
        _refuse_damaged()
        if broken := verify():
            raise Refused(
                _("留痕链在第 %(seq)s 条断开：%(why)s请先查明原因，再升级。")
                % {"seq": broken.seq, "why": broken.why}
            )
        _refuse_no_room()
    return plan


def _refuse_in_use() -> None:
    instance.hold_alone()
    if connection.vendor == "postgresql" and (others := postgres.other_connections()):
        raise Refused(
            _("数据库还有 %(n)s 个别的连接（pg_stat_activity）。请先停止所有服务，一分钟后再试。")
            % {"n": others}
        )


def _refuse_damaged() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for question in ("PRAGMA quick_check", "PRAGMA foreign_key_check"):
            cursor.execute(question)
            if [row for row in cursor.fetchall() if row != ("ok",)]:
                raise Refused(
                    _("数据库文件有损坏（%(check)s）。请从最近的备份恢复，再升级。") % {"check": question}
                )


def _refuse_no_room() -> None:
    database = settings.HOME / instance.DATABASE
    size = database.stat().st_size if connection.vendor == "sqlite" else 0
    files = sum(place.stat().st_size for _name, place in archive.files_of(settings.HOME))
    wanted, free = files + (ROOM + 1) * size, shutil.disk_usage(settings.HOME).free
    if free < wanted:
        facts = {"wanted": f"{wanted / 1e6:.0f}", "free": f"{free / 1e6:.0f}", "folder": settings.HOME}
        raise Refused(
            _("升级要先备份，%(folder)s 所在磁盘需要 %(wanted)s MB，只剩 %(free)s MB。请先清理磁盘。") % facts
        )


def _free_name(folder: Path, name: str) -> Path:
    """A path in the folder that is not taken: two upgrades may begin within one second."""
    taken = {path.name for path in folder.glob("*.zip")}
    names = (f"{name}{tail}.zip" for tail in chain([""], (f"-{n}" for n in count(2))))
    return folder / next(free for free in names if free not in taken)


def back_up(*, at: datetime) -> Path:
    """Save every file of the instance and its database; returns the path of the archive.

    From then on only this process can write to a SQLite database.
    """
    folder = instance.own_backups()
    saved: Path = _free_name(folder, f"before-upgrade-{timezone.localtime(at):%Y%m%d-%H%M%S}")
    if connection.vendor == "sqlite":
        connection.close()  # what the journal holds goes into the file
        database = settings.HOME / instance.DATABASE
        before = database.stat()
        archive.save(saved, [(instance.DATABASE, database), *archive.files_of(settings.HOME)])
        if not _lock_database() or _written_since(before):
            saved.unlink()
            raise Refused(_("备份的时候有别的程序在用数据库。请停止所有服务后重新升级。"))
    else:
        with scratch(folder) as place:
            dump = place / archive.SQL
            postgres.save(dump)
            archive.save(saved, [(archive.SQL, dump), *archive.files_of(settings.HOME)])
    return saved


def _lock_database() -> bool:
    """Shut everybody else out, a server of an older version too, which leaves no lock in the folder; False when one is at work."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={instance.PATIENCE * 1000}")
            cursor.execute("PRAGMA locking_mode=EXCLUSIVE")
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("COMMIT")
    except OperationalError:
        return False
    return True


def _written_since(before: os.stat_result) -> bool:
    """Whether the file or its journal is not what was saved."""
    now = (settings.HOME / instance.DATABASE).stat()
    journal = settings.HOME / f"{instance.DATABASE}-wal"
    changed = (before.st_size, before.st_mtime_ns) != (now.st_size, now.st_mtime_ns)
    return changed or (journal.exists() and journal.stat().st_size > 0)


def mark(saved: Path, *, at: datetime) -> None:
    """Close the instance to every other command until the upgrade is finished or undone."""
    half = settings.HOME / f"{instance.MARK}.part"
    half.write_text(json.dumps({"archive": str(saved), "at": at.isoformat()}), encoding="utf-8")
    half.replace(settings.HOME / instance.MARK)


def migrate(plan: list[Migration]) -> None:
    """Migrate, then compare the result with the state before.

    Raises Refused when the number of rows or the chain of events has changed unexpectedly.
    """
    from django.core.management import call_command

    from gongjian.audit.queries import head
    from gongjian.problems.search import services as search

    before, last = counts.row_counts(), head()
    call_command("migrate", interactive=False, verbosity=0)
    meant = counts.tables_meant_to_change(plan)
    if lost := counts.differences(before, counts.row_counts(), meant=meant):
        raise Refused(_("升级后行数不符：%(tables)s。") % {"tables": _("；").join(lost)})
    _refuse_damaged()
    _refuse_other_chain(last.length if last else 0, last.digest if last else "")
    instance.load_presets()
    search.mend()
    _refuse_other_chain(last.length if last else 0, last.digest if last else "")


def _refuse_other_chain(length: int, digest: str) -> None:
    """The chain is whole, and its first `length` events are the ones it had."""
    from gongjian.audit.models import Event
    from gongjian.audit.queries import verify

    if broken := verify():
        raise Refused(_("升级后留痕链在第 %(seq)s 条断开：%(why)s") % {"seq": broken.seq, "why": broken.why})
    if length and not Event.objects.filter(seq=length, digest=digest).exists():
        raise Refused(_("升级后留痕链的第 %(seq)s 条已不是升级前的那一条。") % {"seq": length})


def finish() -> None:
    """Close the database, which empties its journal, and reopen the instance to other commands."""
    connections.close_all()
    (settings.HOME / instance.MARK).unlink(missing_ok=True)


def go_back(saved: Path) -> None:
    """Restore the files and the database from the archive, check each file, and reopen the instance."""
    connections.close_all()
    archive.restore_files(settings.HOME, saved)
    with zipfile.ZipFile(saved) as opened:
        if archive.SQL in opened.namelist():
            with scratch(settings.HOME / instance.BACKUPS) as folder:
                postgres.restore_database(Path(opened.extract(archive.SQL, folder)))
        names = sorted(archive.members(opened))
        wrong = [name for name in names if not archive.is_as_archived(opened, name, settings.HOME / name)]
    if wrong:
        raise Refused(
            _("这些文件没有回到升级前：%(names)s。请检查磁盘，再运行 gongjian upgrade --back。")
            % {"names": ", ".join(wrong)}
        )
    (settings.HOME / instance.MARK).unlink(missing_ok=True)
