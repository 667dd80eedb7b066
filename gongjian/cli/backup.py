"""`gongjian backup FILE`: the whole instance as one file, while it runs; `--check` proves a file by restoring it.

With public keys in the option BACKUP_KEYS the file is sealed; `--new-key` makes such a key.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from gongjian.cli import sealed
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("备份整个实例为一个文件（可在运行中执行）")
RECORD = "last-backup.json"  # in the instance's folder: when the last back-up was made, and where it went
FEW = 5  # lost attachments that are named


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_("备份文件，.zip；加密的 .zip.age"))
    parser.add_argument("--key", type=Path, metavar=_("私钥文件"), help=_("检验加密的备份时，它的私钥"))
    parser.add_argument(
        "--new-key",
        action="store_true",
        help=_("不备份，生成一把备份密钥：私钥写进这个文件，公钥打印出来"),
    )
    parser.add_argument(
        "--check", action="store_true", help=_("不备份，只检验这份备份：恢复到临时文件夹并核验，然后删去")
    )


def run(args: argparse.Namespace) -> int:
    """Write the archive, and note when and where for `gongjian doctor`; with --check prove one that is there.

    Returns 0 when all is well, 1 when an attachment is lost or the check failed.
    """
    if args.check:
        with sealed.opened(args.file, args.key) as plain:
            return check(plain, called=args.file)
    if args.new_key:
        return _make_key(args.file)
    from gongjian.cli.instance import open_instance

    open_instance()
    from django.utils import timezone

    from gongjian.audit import Refused

    if args.file.exists():
        raise Refused(_("%(file)s 已经存在。请换一个文件名，备份不覆盖旧文件。") % {"file": args.file})
    lost = make(args.file, at=timezone.now())
    size = f"{args.file.stat().st_size / 1e6:.1f}"
    print(_("已备份到 %(file)s（%(size)s MB）") % {"file": args.file, "size": size})
    if lost:
        print(in_words(lost), file=sys.stderr)
    return 1 if lost else 0


def _make_key(file: Path) -> int:
    from gongjian.audit import Refused

    if file.exists():
        raise Refused(_("%(file)s 已经存在。请换一个文件名，密钥不覆盖旧文件。") % {"file": file})
    public = sealed.new_key(file)
    print(_("私钥已写进 %(file)s。请把它移到别的机器保管：没有它，加密的备份打不开。") % {"file": file})
    print(_("在本实例的环境里写下面这一行，以后的备份就加密："))
    print(f"GONGJIAN_BACKUP_KEYS={public}")
    return 0


def make(file: Path, *, at: datetime) -> list[str]:
    """Back up the open instance, sealed where the options name keys; returns the digests of attachments lost or damaged in it.

    Raises Refused for a damaged database: no back-up of it takes the place of a good one.
    """
    from django.conf import settings

    from gongjian.audit import Refused
    from gongjian.cli import instance
    from gongjian.cli.scratch import scratch

    keys = sealed.public_keys()
    if bool(keys) != (file.suffix == sealed.ENDING):
        raise Refused(
            _("备份会加密，请给文件名加上 .age。")
            if keys
            else _("没有设 GONGJIAN_BACKUP_KEYS，备份不加密。请去掉文件名的 .age，或先设公钥。")
        )
    if keys:
        with scratch(instance.own_backups()) as folder:
            plain = folder / "backup.zip"
            lost = save(plain)
            sealed.seal(plain, file, keys)
    else:
        lost = save(file)
    record_backup(settings.HOME, file.resolve(), at=at)
    return lost


def save(file: Path) -> list[str]:
    """Back up the open instance as a plain archive, for use in its own folder; returns what `make` does."""
    from django.conf import settings

    from gongjian.cli import archive, instance
    from gongjian.cli.scratch import scratch

    wanted = _attached()
    with scratch(instance.own_backups()) as folder:
        kept = [(name, settings.HOME / name) for name in (instance.KEY, instance.MAP)]
        entries = [copy_database(folder), *((name, place) for name, place in kept if place.exists())]
        digests = archive.save(file, [*entries, *archive.attachments_of(settings.HOME)])
    return sorted(wanted - set(digests.values()))


def in_words(lost: list[str]) -> str:
    """What to tell of attachments that no back-up holds any more."""
    return _(
        "备份已写好，但有 %(n)s 个附件在实例里丢失或损坏（%(digests)s），备份里也没有。请从以前的备份里找回 attachments 中的同名文件。"
    ) % {"n": len(lost), "digests": ", ".join(digest[:12] for digest in lost[:FEW])}


def _attached() -> set[str]:
    """The digests of all attachments, as a database of any version names them."""
    from django.db import connection

    table = "attachments_attachment"
    if table not in connection.introspection.table_names():
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT digest FROM {table}")  # noqa: S608  a name of ours
        return {digest for (digest,) in cursor.fetchall()}


def copy_database(folder: Path) -> tuple[str, Path]:
    """Copy the running database into `folder`; returns its name in the archive and the copy."""
    from django.conf import settings
    from django.db import connection

    from gongjian.audit import Refused
    from gongjian.cli import archive, instance, postgres

    if connection.vendor == "sqlite":
        copy = folder / instance.DATABASE
        copy_sqlite(settings.HOME / instance.DATABASE, copy)
        return instance.DATABASE, copy
    if not postgres.programs_installed():
        raise Refused(
            _(
                "本实例使用 PostgreSQL，这台机器上没有 pg_dump 和 psql。请安装 postgresql-client 后再试，或用数据库自己的办法备份，并另存 HOME 文件夹中的 secret_key 和 attachments。"
            )
        )
    copy = folder / archive.SQL
    postgres.save(copy)
    return archive.SQL, copy


def copy_sqlite(database: Path, copy: Path) -> None:
    """Copy a SQLite file that may be in use, without the keys of signed-in browsers; raises Refused when it is damaged."""
    from gongjian.audit import Refused
    from gongjian.cli import failures

    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        if (told := target.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            why = str(told).splitlines()[0]
            raise Refused(_(failures.DAMAGED) % {"why": why} + _("没有写新的备份，以前的备份都没有动。"))
        _forget_sessions(target)


def _forget_sessions(copy: sqlite3.Connection) -> None:
    """The keys of signed-in browsers open pages: no back-up holds them, not even in its free pages."""
    from gongjian.cli import postgres

    copy.execute("PRAGMA secure_delete = ON")
    for table in postgres.SESSION_TABLES:
        if copy.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [table]).fetchone():
            copy.execute(f"DELETE FROM {table}")  # noqa: S608  names of ours
    copy.commit()


def record_backup(home: Path, file: Path, *, at: datetime) -> None:
    """Note when and where the back-up was made, for `gongjian doctor`."""
    from gongjian.cli.archive import written

    noted = {"at": at.isoformat(), "file": str(file), "bytes": file.stat().st_size}
    with written(home / RECORD) as out:
        out.write(json.dumps(noted).encode())


def check(file: Path, *, called: Path) -> int:
    """Restore an archive into a folder that is gone afterwards, and verify it there; returns the exit code of that."""
    from gongjian.cli import restoring
    from gongjian.cli.scratch import scratch

    kind = restoring.kind_of(file)
    with scratch() as place, _database_for(kind) as address:
        home = place / "instance"
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-m", "gongjian.cli", "restore", str(file.resolve())],
            env=os.environ
            | {"GONGJIAN_HOME": str(home), "GONGJIAN_DATABASE": address, "GONGJIAN_ANCHOR": ""},
            capture_output=True,
            text=True,
            check=False,
        )
    print((done.stdout + done.stderr).replace(_("已恢复到 %(folder)s") % {"folder": home}, "").strip())
    if done.returncode:
        print(_("%(file)s 没有通过检验，请不要靠它。") % {"file": called}, file=sys.stderr)
    else:
        print(_("%(file)s 能够恢复，内容完好。") % {"file": called})
    return 1 if done.returncode else 0


@contextmanager
def _database_for(kind: str) -> Iterator[str]:
    """The address of a database to restore into for the time of a check: that of a SQLite file is none."""
    from gongjian.audit import Refused
    from gongjian.cli import archive, instance, postgres

    if kind != archive.SQL:
        yield ""
        return
    if instance.on_sqlite():
        raise Refused(_("这份备份来自 PostgreSQL。检验它要用 GONGJIAN_DATABASE 指明数据库服务器。"))
    with postgres.passing_database() as address:
        yield address
