"""`gongjian demo`: the invented city 安川市, ready to click."""

import argparse
import os
import shlex
import shutil
import sys
import time
from pathlib import Path

from gongjian.audit.refused import Refused
from gongjian.cli.language import current_language, django_code, gettext_noop
from gongjian.cli.language import gettext as _

HELP = gettext_noop("建立并启动虚构城市演示")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command to its parser."""
    parser.add_argument(
        "--size",
        choices=("demo", "city"),
        default="demo",
        help=_("demo：600 家企业、800 个问题；city：6000 家、15000 个"),
    )
    parser.add_argument("--fresh", action="store_true", help=_("丢弃上次的演示数据，围绕今天重新生成"))
    parser.add_argument("--no-serve", action="store_true", help=_("只生成，不启动"))
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help=_("监听地址"))
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help=_("端口，缺省取环境变量 PORT")
    )


def _only_once() -> None:
    """Refused where another run left a half-made city: it is neither continued nor deleted unasked."""
    from gongjian.people.models import Account

    if Account.objects.exists():
        raise Refused(
            _(
                "虚构城市还没有生成完：可能另一个窗口正在生成，请等它完成；如果上次中断了，请用 make demo FRESH=yes 重新生成。"
            )
        )


def _folder(size: str) -> str:
    """The folder of the demo under the home: one for each size and language."""
    name = "demo" if size == "demo" else "demo-city"
    return name if current_language() == "zh" else f"{name}-{current_language()}"


def _how_to_call() -> str:
    """The line that runs a command on the demo from another window, whatever folder it stands in."""
    from django.conf import settings

    command = shlex.quote(str(Path(sys.executable).with_name("gongjian")))
    home = shlex.quote(str(settings.HOME))
    return (
        _("在另一个窗口里使用 gongjian 命令：")
        + f"\n  GONGJIAN_HOME={home} GONGJIAN_DEMO=yes {command} doctor"
    )


def run(args: argparse.Namespace) -> int:
    """Build the invented city if it does not exist yet, then serve it."""
    os.environ["GONGJIAN_DEMO"] = "yes"
    base = os.environ.setdefault("GONGJIAN_HOME", "data")
    os.environ["GONGJIAN_HOME"] = os.path.join(base, _folder(args.size))  # noqa: PTH118
    if args.fresh:
        shutil.rmtree(os.environ["GONGJIAN_HOME"], ignore_errors=True)
    from gongjian.cli.instance import create_instance, prepare

    create_instance()
    prepare()
    from django.utils import timezone, translation

    from gongjian.invented_city import accounts, city

    if not accounts.is_finished():
        _only_once()
        started = time.monotonic()
        print(_("正在生成虚构城市安川市……"), flush=True)
        city.build(
            size=args.size,
            at=timezone.now(),
            tell=lambda line: print(f"  {line}", flush=True),
            language=current_language(),
        )
        print("  " + _("完成，用时 %(n)s 秒") % {"n": f"{time.monotonic() - started:.0f}"}, flush=True)
    if args.no_serve:
        print(_how_to_call())
        return 0
    from gongjian.cli.serve import serve

    def ready() -> None:
        print(
            "\n" + _("攻坚·安川市演示：%(address)s") % {"address": f"http://{args.host}:{args.port}/"} + "\n"
        )
        with translation.override(django_code()):
            print(accounts.passwords_table())
        print(f"\n{_how_to_call()}")
        print(_("按 Ctrl+C 停止。"), flush=True)

    serve(host=args.host, port=args.port, workers=1, ready=ready)
    sys.stdout.flush()
    return 0
