"""`gongjian restore FILE`: an instance from its backup, into an empty folder."""

import argparse
import zipfile
from pathlib import Path

HELP = "从备份文件恢复到空的实例文件夹"
PARTS = ("gongjian.sqlite3", "secret_key")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words of the command."""
    parser.add_argument("file", type=Path, metavar="文件", help="备份文件，.zip")


def run(args: argparse.Namespace) -> int:
    """Unpack, then verify the chain."""
    from gongjian.cli.instance import open_instance

    open_instance()
    from django.conf import settings

    from gongjian.attachments.storage import keep
    from gongjian.audit import Refused
    from gongjian.cli import verify

    if (settings.HOME / PARTS[0]).exists():
        raise Refused(f"{settings.HOME} 里已有数据库。请用环境变量 GONGJIAN_HOME 指定一个空文件夹再恢复。")
    try:
        with zipfile.ZipFile(args.file) as archive:
            parts = {name: archive.read(name) for name in PARTS}
            files = [archive.read(name) for name in archive.namelist() if name.startswith("attachments/")]
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise Refused(f"{args.file} 不是本产品的备份文件，或者已经损坏。请换一份备份。") from error
    for name, content in parts.items():
        (settings.HOME / name).write_bytes(content)
    (settings.HOME / "secret_key").chmod(0o600)
    for content in files:
        keep(content)  # under its own digest: a name in the archive is not trusted
    print(f"已恢复到 {settings.HOME}")
    return verify.run(args)
