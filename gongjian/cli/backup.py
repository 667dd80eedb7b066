"""`gongjian backup FILE`: the whole instance as one file, while it runs."""

import argparse
import json
import sqlite3
import tempfile
from datetime import datetime
from pathlib import Path

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("备份整个实例为一个文件（可在运行中执行）")
RECORD = "last-backup.json"  # in the instance's folder: when the last back-up was made, and where it went


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_("备份文件，.zip"))


def run(args: argparse.Namespace) -> int:
    """Write the archive (database, key, attachments), and note when and where for `gongjian doctor`."""
    from gongjian.cli.instance import KEY, open_instance

    open_instance()
    from django.conf import settings
    from django.utils import timezone

    from gongjian.audit import Refused
    from gongjian.cli import archive

    if args.file.exists():
        raise Refused(_("%(file)s 已经存在。请换一个文件名，备份不覆盖旧文件。") % {"file": args.file})
    with tempfile.TemporaryDirectory() as folder:
        entries = [copy_database(Path(folder)), (KEY, settings.HOME / KEY)]
        archive.save(args.file, [*entries, *archive.attachments_of(settings.HOME)])
    record_backup(settings.HOME, args.file.resolve(), at=timezone.now())
    size = f"{args.file.stat().st_size / 1e6:.1f}"
    print(_("已备份到 %(file)s（%(size)s MB）") % {"file": args.file, "size": size})
    return 0


def copy_database(folder: Path) -> tuple[str, Path]:
    """Copy the running database into `folder`; returns its name in the archive and the copy."""
    from django.conf import settings
    from django.db import connection

    from gongjian.audit import Refused
    from gongjian.cli import archive, instance, postgres

    if connection.vendor == "sqlite":
        copy = folder / instance.DATABASE
        source, target = sqlite3.connect(settings.HOME / instance.DATABASE), sqlite3.connect(copy)
        with source, target:
            source.backup(target)
        source.close()
        _forget_sessions(target)
        target.close()
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
    from gongjian.cli.instance import give_to_owner

    half = home / f"{RECORD}.part"
    half.write_text(
        json.dumps({"at": at.isoformat(), "file": str(file), "bytes": file.stat().st_size}), encoding="utf-8"
    )
    give_to_owner(half)
    half.replace(home / RECORD)
