"""`gongjian backup FILE`: the whole instance as one file, while it runs."""

import argparse
import sqlite3
import tempfile
import zipfile
from pathlib import Path

HELP = "备份整个实例为一个文件（可在运行中执行）"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("file", type=Path, metavar="文件", help="备份文件，.zip")


def run(args: argparse.Namespace) -> int:
    """Write the archive: a consistent copy of the database, the key, and the attachments."""
    from gongjian.cli.instance import open_instance

    open_instance()
    from django.conf import settings
    from django.db import connection

    from gongjian.attachments.storage import folder as files_in
    from gongjian.audit import Refused

    if connection.vendor != "sqlite":
        raise Refused(
            "本实例使用 PostgreSQL，请用 pg_dump 备份数据库，并另存 HOME 文件夹中的 secret_key 和 attachments。"
        )
    if args.file.exists():
        raise Refused(f"{args.file} 已经存在。请换一个文件名，备份不覆盖旧文件。")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "gongjian.sqlite3"
        source, target = sqlite3.connect(settings.HOME / "gongjian.sqlite3"), sqlite3.connect(copy)
        with source, target:
            source.backup(target)
        source.close()
        target.close()
        with zipfile.ZipFile(args.file, "x", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, "gongjian.sqlite3")
            archive.write(settings.HOME / "secret_key", "secret_key")
            # Files are written once and never changed: that they are read after the copy does no harm.
            for place in sorted(files_in().glob("??/*")):
                archive.write(place, f"attachments/{place.parent.name}/{place.name}", zipfile.ZIP_STORED)
    print(f"已备份到 {args.file}（{args.file.stat().st_size / 1e6:.1f} MB）")
    return 0
