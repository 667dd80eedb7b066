"""`gongjian restore FILE`: an instance from its backup, into an empty folder."""

import argparse
from pathlib import Path

from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

HELP = gettext_noop("从备份文件恢复到空的实例文件夹")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_("备份文件，.zip；加密的 .zip.age"))
    parser.add_argument("--key", type=Path, metavar=_("私钥文件"), help=_("加密的备份，它的私钥"))


def run(args: argparse.Namespace) -> int:
    """Restore the back-up, then verify it as `gongjian verify` does; nothing is created when the file is not a back-up."""
    from django.conf import settings

    from gongjian.cli import instance, postgres, restoring, sealed, verify

    _refuse_in_use()
    with sealed.opened(args.file, args.key) as plain:
        _refuse_other_kind(restoring.kind_of(plain))
        settings.HOME.mkdir(parents=True, exist_ok=True, mode=instance.OWN_FOLDER)
        instance.hold_alone()
        _refuse_in_use()
        restoring.restore(plain, settings.HOME, database=postgres.restore_database)
    print(_("已恢复到 %(folder)s") % {"folder": settings.HOME})
    instance.open_instance()
    return verify.verified(anchored=False)  # heads put out after the back-up are not in it


def _refuse_in_use() -> None:
    """A running service holds its folder; a database that is there stays, running or not."""
    from django.conf import settings

    from gongjian.audit import Refused
    from gongjian.cli import instance

    if (settings.HOME / instance.LOCK).exists():
        instance.hold_alone()
    if (settings.HOME / instance.DATABASE).exists():
        raise Refused(
            _("%(folder)s 里已有数据库。请用环境变量 GONGJIAN_HOME 指定一个空文件夹再恢复。")
            % {"folder": settings.HOME}
        )


def _refuse_other_kind(name: str) -> None:
    """A dump of PostgreSQL is no SQLite file, nor the other way round."""
    from gongjian.audit import Refused
    from gongjian.cli import archive, instance, postgres

    if instance.on_sqlite() and name == archive.SQL:
        raise Refused(_("这份备份来自 PostgreSQL。请先用 GONGJIAN_DATABASE 指定一个空的 PostgreSQL 数据库。"))
    if not instance.on_sqlite() and name != archive.SQL:
        raise Refused(_("这份备份来自 SQLite，不能恢复到 PostgreSQL。请不要设 GONGJIAN_DATABASE。"))
    if instance.on_sqlite():
        return
    if not postgres.programs_installed():
        raise Refused(_("这台机器上没有 pg_dump 和 psql。请安装 postgresql-client 后再试。"))
    from django.db import connection

    if connection.introspection.table_names():
        raise Refused(_("GONGJIAN_DATABASE 指定的数据库里已有数据表。请指定一个空数据库再恢复。"))
