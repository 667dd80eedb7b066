"""`gongjian upgrade`: check, back up, migrate, verify; when a step fails the instance is put back as it was."""

import argparse
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from gongjian.audit.refused import Refused
from gongjian.cli.language import gettext as _
from gongjian.cli.language import gettext_noop

if TYPE_CHECKING:
    from django.db.migrations import Migration

HELP = gettext_noop("升级实例：检查、备份、升级数据库、核验；哪一步失败都自动回到升级前")
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument(
        "--back", action="store_true", help=_("上一次升级中途停下（断电、被强行结束）后，只回到升级前")
    )
    parser.add_argument(
        "--without-backup",
        action="store_true",
        help=_("只用于没有 pg_dump 的 PostgreSQL：您已另行备份。不自动备份，失败时也不能自动回到升级前"),
    )


def run(args: argparse.Namespace) -> int:
    """Upgrade the instance; returns 0 when done or not needed, 1 when refused or failed.

    After a failure the instance is as it was before.
    """
    import django

    django.setup()
    from gongjian.cli import upgrading

    saved = upgrading.cut_short()
    if saved is not None:
        _go_back(saved)
        print(_("上一次升级中途停下了，已回到升级前。"), flush=True)
    if args.back:
        if saved is None:
            raise Refused(
                _("没有中途停下的升级，不用回去。要回到某次备份，请用 gongjian restore 恢复到另一个文件夹。")
            )
        return 0
    plan = upgrading.check()
    if not plan:
        print(_("数据库结构已经是最新的，不用升级。"))
        return 0
    print(
        _("检查完毕，要升级 %(n)s 步：%(names)s") % {"n": len(plan), "names": ", ".join(map(str, plan))},
        flush=True,
    )
    return _upgrade(plan, saved=_save(without=args.without_backup))


def _save(*, without: bool) -> Path | None:
    """The archive to go back to; None where the operator has said that there is one elsewhere."""
    from django.db import connection
    from django.utils import timezone

    from gongjian.cli import postgres, upgrading

    if connection.vendor == "postgresql" and not postgres.programs_installed():
        if without:
            return None
        raise Refused(
            _(
                "本实例使用 PostgreSQL，这台机器上没有 pg_dump 和 psql，不能自动备份。请安装 postgresql-client；或者自己备份好数据库和实例文件夹，再加 --without-backup。"
            )
        )
    if without:
        raise Refused(_("--without-backup 只用于没有 pg_dump 的 PostgreSQL。这里可以自动备份，请去掉它。"))
    saved = upgrading.back_up(at=timezone.localtime())
    print(_("已备份到 %(file)s") % {"file": saved}, flush=True)
    return saved


def _upgrade(plan: "list[Migration]", *, saved: Path | None) -> int:
    from django.utils import timezone

    from gongjian.cli import upgrading

    try:
        with _stops_raise():
            if saved is not None:
                upgrading.mark(saved, at=timezone.now())
            upgrading.migrate(plan)
            upgrading.finish()
    except BaseException as error:  # noqa: BLE001  whatever stopped it, the instance is put back
        return _failed(error, saved)
    print(_("升级完成：留痕链完整，各表行数与升级前一致。现在可以启动 gongjian serve。"))
    if saved is not None:
        print(
            _("升级前的备份留在 %(file)s；要退回旧版本，请用旧版本的 gongjian restore 把它恢复到空文件夹。")
            % {"file": saved}
        )
    return 0


def _failed(error: BaseException, saved: Path | None) -> int:
    from gongjian.cli import instance

    why = error.sentence if isinstance(error, Refused) else f"{type(error).__name__}: {error}"
    print(_("升级失败：%(why)s") % {"why": why}, file=sys.stderr, flush=True)
    if saved is None:
        traceback.print_exception(error)
        print(
            _("没有自动备份，数据库可能停在两个版本之间。请排除原因后再运行，或用您自己的备份恢复。"),
            file=sys.stderr,
        )
        return 1
    report = saved.with_suffix(".log")
    instance.write_own_file(report, "".join(traceback.format_exception(error)).encode())
    _go_back(saved)
    print(
        _("实例已经回到升级前，可以用原来的版本继续使用。详情见 %(file)s") % {"file": report}, file=sys.stderr
    )
    return 1


def _go_back(saved: Path) -> None:
    """Not to be interrupted by a key or a polite signal."""
    from gongjian.cli import upgrading

    before = {stop: signal.signal(stop, signal.SIG_IGN) for stop in STOPS}
    try:
        upgrading.go_back(saved)
    finally:
        for stop, handler in before.items():
            signal.signal(stop, handler)


@contextmanager
def _stops_raise() -> Iterator[None]:
    """Being told to stop is a failed step like any other."""

    def stop(number: int, _frame: Any) -> NoReturn:
        raise SystemExit(signal.Signals(number).name)

    before = {each: signal.signal(each, stop) for each in STOPS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
